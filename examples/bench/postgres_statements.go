package main

const pgSchema = "callingplan_bench"

// A number is a row: free if ends is not later than now, owned if there is a
// holder and no hold. So nothing has to be done for a hold to run out.
const pgTable = `
	DROP TABLE IF EXISTS number;
	CREATE TABLE number (n bigint NOT NULL, ends bigint NOT NULL, hold bigint, area int NOT NULL, holder int, person int)`

var pgIndexes = []string{
	`ALTER TABLE number ADD PRIMARY KEY (n)`,
	`CREATE INDEX number_free ON number (area, ends)`,
	`CREATE UNIQUE INDEX number_person ON number (holder, person) WHERE person IS NOT NULL`,
	`VACUUM ANALYZE number`,
}

// pgReserve passes over rows that another caller is about to take. Where fewer
// than ten are left it takes none.
const pgReserve = `
	WITH pick AS (
		SELECT n FROM number WHERE area = $1 AND ends <= $2
		ORDER BY ends LIMIT 10 FOR UPDATE SKIP LOCKED)
	UPDATE number SET holder = $3, hold = $4, ends = $5 FROM pick
	WHERE number.n = pick.n AND (SELECT count(*) FROM pick) = 10
	RETURNING number.n`

// pgAcquire locks the ten rows, looks whether all are still of the hold, and
// changes all or none.
const pgAcquire = `
	WITH mine AS (
		SELECT n FROM number WHERE n = ANY($1::bigint[]) AND holder = $3 AND hold = $4 AND ends > $5 FOR UPDATE)
	UPDATE number SET hold = NULL,
		holder = CASE WHEN number.n = ANY($2::bigint[]) THEN holder END,
		ends = CASE WHEN number.n = ANY($2::bigint[]) THEN 9223372036854775807 ELSE 0 END
	FROM mine WHERE number.n = mine.n AND (SELECT count(*) FROM mine) = cardinality($1::bigint[])
		AND $2::bigint[] <@ $1::bigint[]`

const pgAssign = `
	UPDATE number SET person = $3 WHERE n = $1 AND holder = $2 AND hold IS NULL AND person IS NULL`

const pgUnassign = `
	UPDATE number SET person = NULL WHERE n = $1 AND holder = $2 AND person = $3`

const pgRelease = `
	WITH mine AS (
		SELECT n FROM number WHERE n = ANY($1::bigint[]) AND holder = $2 AND hold IS NULL AND person IS NULL FOR UPDATE)
	UPDATE number SET holder = NULL, ends = 0
	FROM mine WHERE number.n = mine.n AND (SELECT count(*) FROM mine) = cardinality($1::bigint[])`

const pgSweep = `
	UPDATE number SET holder = NULL, hold = NULL, ends = 0 WHERE n IN (
		SELECT n FROM number WHERE area = $1 AND ends > 0 AND ends <= $2 LIMIT $3 FOR UPDATE SKIP LOCKED)`

const pgCount = `
	SELECT count(*) FILTER (WHERE ends <= $1), count(*) FILTER (WHERE ends > $1 AND hold IS NOT NULL),
		count(*) FILTER (WHERE ends > $1 AND hold IS NULL), count(person) FROM number`
