Assert-Smoke (@('tea', 'rotate keys' | Get-ChatEmbedding -Model sandbox-embedding -Dimension 8 -Connection $name | ForEach-Object { "$($_.Text):$($_.Dimension)" }) -join ',') 'tea:8,rotate keys:8'
