Assert-Smoke (('tea', 'rotate keys' | Invoke-ChatRerank keys -Model sandbox-mini -Connection $name).Text -join ',') 'rotate keys,tea'
