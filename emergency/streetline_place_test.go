package emergency_test

import "testing"

// TestStreetLineHouseAndFlat: the number of a flat is not taken for that of the
// house, and where there is no telling which is which the line is left whole.
func TestStreetLineHouseAndFlat(t *testing.T) {
	testLines(t, "a flat after the number, without a comma", []lineRow{
		{"FI", "Mannerheimintie 5 A 12", "no 5 | name Mannerheimintie | place A 12", "Mannerheimintie 5, A 12"},
		{"FI", "Mannerheimintie 5 A as. 12", "no 5 | letter A | name Mannerheimintie | place as. 12", "Mannerheimintie 5A, as. 12"},
		{"SE", "Storgatan 12 B lgh 1101", "no 12 | letter B | name Storgatan | place lgh 1101", "Storgatan 12B, lgh 1101"},
		{"PL", "ul. Długa 12 m. 5", "no 12 | type ul | name Długa | place m. 5", "ul Długa 12, m. 5"},
		{"BE", "Wetstraat 16 bus 3", "no 16 | name Wetstraat | place bus 3", "Wetstraat 16, bus 3"},
		{"BE", "16 rue de la Loi bte 3", "no 16 | type rue | name de la Loi | place bte 3", "rue de la Loi 16, bte 3"},
		{"FR", "12 rue du Bac apt 3", "no 12 | type rue | name du Bac | place apt 3", "12 rue du Bac, apt 3"},
		{"AT", "Hauptstraße 5 Top 3", "no 5 | name Hauptstraße | place Top 3", "Hauptstraße 5, Top 3"},
		{"IT", "Via Roma 12 scala B int. 3", "no 12 | type Via | name Roma | place scala B int. 3", "Via Roma, 12, scala B int. 3"},
		{"AR", "Av. Corrientes 1234 piso 5 depto 3", "no 1234 | type Av | name Corrientes | place piso 5 depto 3", "Av Corrientes 1234, piso 5 depto 3"},
		{"BR", "Rua das Flores 123 apto 45", "no 123 | type Rua | name das Flores | place apto 45", "Rua das Flores, 123, apto 45"},
		{"RO", "Str. Mare nr. 5 bl. A sc. 2 ap. 10", "prefix nr | no 5 | type Str | name Mare | place bl. A sc. 2 ap. 10", "Str Mare nr 5, bl. A sc. 2 ap. 10"},
		{"TR", "Menekşe Sokak 5 D 3", "no 5 | name Menekşe Sokak | place D 3", "Menekşe Sokak 5, D 3"},
		{"DE", "Straße 12 Nr. 5", "prefix Nr | no 5 | name Straße 12", "Straße 12 Nr 5"},
		{"ES", "Av. Diagonal 123 4º 2ª", "no 123 | type Av | name Diagonal | place 4º 2ª", "Av Diagonal, 123, 4º 2ª"},
		{"PT", "Rua do Carmo 12 2º Esq", "no 12 | type Rua | name do Carmo | place 2º Esq", "Rua do Carmo 12, 2º Esq"},
		{"TR", "Atatürk Bulvarı No: 12", "prefix No: | no 12 | name Atatürk Bulvarı", ""},
		{"TR", "Atatürk Bulvarı No:12", "prefix No: | no 12 | name Atatürk Bulvarı", "Atatürk Bulvarı No: 12"},
		{"ID", "Jl. Sudirman Kav. 52-53", "prefix Kav | no 52-53 | type Jl | name Sudirman", "Jl Sudirman Kav 52-53"},
		{"ES", "Calle Mayor nº12", "prefix nº | no 12 | type Calle | name Mayor", "Calle Mayor, nº 12"},
		{"ES", "Plaza del Local 5", "no 5 | type Plaza | name del Local", "Plaza del Local, 5"},
		{"ES", "Plaza Interior 5", "no 5 | type Plaza | name Interior", "Plaza Interior, 5"},
	})
	testLines(t, "two numbers, and no telling which is the house's", []lineRow{
		{"DE", "Hauptstraße 5 3", "", ""},
		{"SE", "Storgatan 12 1101", "", ""},
		{"SE", "Storgatan 12 B 1101", "", ""},
		{"HU", "Fő utca 12 2. em. 3", "", ""},
		{"DE", "C 4, 9", "", ""}, // Mannheim: house 9 of the square C 4
		{"DE", "C 4 9", "", ""},
		{"DE", "B 7", "", ""},
		{"MX", "Calle 20 No. 100 x 15 y 17", "", ""},
		{"FR", "12 quai des Lilas Bât B", "", ""},
		{"ES", "Calle 5 12", "no 12 | type Calle | name 5", "Calle 5, 12"},
		{"MX", "Calle 5 A 12", "no 12 | type Calle | name 5 A", ""},
	})
}
