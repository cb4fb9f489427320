$spoken = ConvertTo-ChatSpeech 'Rotate the keys.' -Model sandbox-mini -ResponseFormat wav -Connection $name
Assert-Smoke ($spoken | ConvertFrom-ChatSpeech -Model sandbox-mini -Connection $name).Text 'Rotate the keys.'
