$vectors = (New-TemporaryFile).FullName
'# Tea', 'To rotate keys, open a ticket.' | Split-ChatText | Get-ChatEmbedding -Model sandbox-mini -Connection $name | Export-ChatEmbedding $vectors -Int8 -Force
Assert-Smoke (Find-ChatSimilar 'rotate keys' -Path $vectors -Top 1 -Connection $name).Text 'To rotate keys, open a ticket.'
Assert-Smoke ((Import-ChatEmbedding $vectors).Text -join ',') '# Tea,To rotate keys, open a ticket.'
Assert-Smoke (Measure-ChatSimilarity 2, 0 -InputObject 3, 0).Cosine 1
Remove-Item -Path $vectors
