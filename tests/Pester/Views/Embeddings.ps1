@{ What = 'vectors'; Script = { 'tea', 'keys' | Get-ChatEmbedding -Dimension 2 }; Header = 'Index Tokens Dimension Vector Text'; Row = '0 *1 *2 *tea' }
