package reservation

// AddTaken adds the numbers at the offsets to the stock as somebody's: numbers
// that come to the provider with whoever has them. Its error is ErrDuplicateStock
// with the numbers that are in stock already.
func (b Block) AddTaken(offsets Bits) (Block, error) {
	if both := b.Stock.And(offsets); !both.IsEmpty() {
		return b, b.refuse(ErrDuplicateStock, both, "load each number once")
	}
	b.Stock = b.Stock.Or(offsets)
	return b, nil
}

// RemoveTaken takes numbers that are somebody's out of stock: numbers that leave
// the provider with whoever has them. Errors, in order of precedence, each with
// the numbers concerned: ErrNotInStock, ErrAlreadyFree.
func (b Block) RemoveTaken(offsets Bits) (Block, error) {
	back, err := b.Return(offsets) // which refuses what is absent and what is free
	if err != nil {
		return b, err
	}
	return Block{Base: b.Base, Stock: back.Stock.AndNot(offsets), Free: back.Free.AndNot(offsets)}, nil
}
