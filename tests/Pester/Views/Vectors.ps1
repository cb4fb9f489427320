@{ What = 'pieces of text'; Script = { "# Tea`n`nIt is brewed.", 'Keys' | Split-ChatText }; Header = 'Source Line Tokens Heading Text'; Row = '1 *7 *Tea *# Tea It is brewed.' }
@{ What = 'similar texts'; Script = { 'tea', 'rotate keys' | Get-ChatEmbedding | Find-ChatSimilar 'rotate keys' }; Header = 'Rank Score Source Line Text'; Row = '1 *1.0000 *rotate keys' }
@{ What = 'measures of vectors'; Script = { $e = 'tea', 'keys' | Get-ChatEmbedding; $e | Measure-ChatSimilarity $e[0] }; Header = 'Index Cosine DotProduct Euclidean Input'; Row = '0 *1.0000 *1.0000 *0.0000 *tea' }
