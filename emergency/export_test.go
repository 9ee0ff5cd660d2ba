package emergency

// For tests of the rules of comparison.
var (
	Fold    = fold
	Nearest = nearest
)

func EditDistance(a, b string) int { return editDistance([]rune(a), []rune(b)) }
