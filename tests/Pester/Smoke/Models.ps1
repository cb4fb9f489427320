Assert-Smoke (Get-ChatModel -Connection $name | Select-Object -First 1).Id sandbox-mini
Assert-Smoke (Get-ChatModel -Connection $name -Id SANDBOX-I*).Id sandbox-instruct
Assert-Smoke (Get-ChatModel -Connection $name -Id sandbox-mini).Created.Year 2023

Assert-Smoke ('fine', 'I will KILL' | Test-ChatModeration -Connection $name).Flagged 'False True'
Assert-Smoke (('fine', 'murder' | Where-Object { -not ($_ | Test-ChatModeration -Quiet -Connection $name) }) -join ',') fine
Assert-Smoke (Test-ChatModeration -InputObject murder -Connection $name).Categories violence

Assert-Smoke (Get-ChatQuota -Connection $name).Unit USD
