package main

// A number is a row: free if ends is not later than now, owned if there is a
// holder and no hold. So nothing has to be done for a hold to run out.
const liteSchema = `
	DROP TABLE IF EXISTS number;
	CREATE TABLE number (n INTEGER PRIMARY KEY, area INTEGER NOT NULL, holder INTEGER, hold INTEGER,
		ends INTEGER NOT NULL, person INTEGER)`

const liteIndexes = `
	CREATE INDEX number_free ON number (area, ends);
	CREATE UNIQUE INDEX number_person ON number (holder, person) WHERE person IS NOT NULL;
	ANALYZE`

var liteStatements = map[string]string{
	"reserve": `UPDATE number SET holder = ?1, hold = ?2, ends = ?3
		WHERE n IN (SELECT n FROM number WHERE area = ?4 AND ends <= ?5 ORDER BY ends LIMIT 10)
		AND (SELECT count(*) FROM (SELECT 1 FROM number WHERE area = ?4 AND ends <= ?5 LIMIT 10)) = 10
		RETURNING n`,
	"assign":   `UPDATE OR IGNORE number SET person = ?1 WHERE n = ?2 AND holder = ?3 AND hold IS NULL AND person IS NULL`,
	"unassign": `UPDATE number SET person = NULL WHERE n = ?2 AND holder = ?3 AND person = ?1`,
	"sweep": `UPDATE number SET holder = NULL, hold = NULL, ends = 0
		WHERE n IN (SELECT n FROM number WHERE area = ?1 AND ends > 0 AND ends <= ?2 LIMIT ?3)`,
}

// liteLists are statements about numbers that the client names, by their key.
// There is one for every length of the list.
var liteLists = map[string]string{
	"acquire": `UPDATE number SET hold = NULL, ends = 9223372036854775807
		WHERE n IN (LIST) AND holder = ? AND hold = ? AND ends > ?`,
	"return": `UPDATE number SET holder = NULL, hold = NULL, ends = 0
		WHERE n IN (LIST) AND hold = ?`,
	"release": `UPDATE number SET holder = NULL, ends = 0
		WHERE n IN (LIST) AND holder = ? AND hold IS NULL AND person IS NULL`,
}

const liteCount = `SELECT count(*) FILTER (WHERE ends <= ?1), count(*) FILTER (WHERE ends > ?1 AND hold IS NOT NULL),
	count(*) FILTER (WHERE ends > ?1 AND hold IS NULL), count(person) FROM number`
