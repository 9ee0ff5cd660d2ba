package engine

// NewStrict is New on tables that notice a stored row being written to.
func NewStrict(options ...Option) (*Engine, error) { return newEngine(true, options) }
