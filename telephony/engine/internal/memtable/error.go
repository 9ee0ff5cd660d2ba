package memtable

import "example.com/callingplan/telephony"

// The causes of failure of this package. No error of it holds a row or a key,
// since either may hold personal data.
const (
	// ErrConflict means that another row already has the key.
	ErrConflict telephony.Code = "row_conflict"
	// ErrMissing means that no row has the key.
	ErrMissing telephony.Code = "row_missing"
	// ErrNoKey means that a row's key is empty.
	ErrNoKey telephony.Code = "row_key_empty"
	// ErrEnded means that the transaction was committed or aborted before.
	ErrEnded telephony.Code = "transaction_ended"
	// ErrSpoiled means that an earlier write of the transaction failed.
	ErrSpoiled telephony.Code = "transaction_spoiled"

	// ErrNameTaken means that a schema names two tables, or a table two indexes, alike.
	ErrNameTaken telephony.Code = "table_name_taken"
	// ErrNameEmpty means that a table or index has no name.
	ErrNameEmpty telephony.Code = "table_name_empty"
	// ErrKeyFunc means that a table or index was declared without its key function.
	ErrKeyFunc telephony.Code = "table_key_function_missing"
	// ErrNoTables means that a schema without a table was opened.
	ErrNoTables telephony.Code = "schema_without_tables"
	// ErrOpened means that a table or index was declared after its schema was opened.
	ErrOpened telephony.Code = "schema_opened_before"

	// ErrIndex means that an index does not say what the rows say.
	ErrIndex telephony.Code = "index_inconsistent"
	// ErrMisplaced means that a row lies under another key than it computes.
	ErrMisplaced telephony.Code = "row_misplaced"
	// ErrKeyPrefix means that one key of a table or index is the beginning of another.
	ErrKeyPrefix telephony.Code = "key_ambiguous"
	// ErrBackend means that the store below failed in a way that it should not.
	ErrBackend telephony.Code = "table_backend_failed"
)
