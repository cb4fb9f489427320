$session = New-ChatSession -System 'Be brief.' -Connection $name -Parameter @{ Temperature = 0.5 }
Assert-Smoke ('one', 'two' | Invoke-ChatCompletion -Session $session | Select-Object -Last 1).Messages.Count 5
Limit-ChatSession -Session $session -MaxMessage 2
$file = (New-TemporaryFile).FullName
$session | Copy-ChatSession -Name Copy | Export-ChatSession -Path $file
Assert-Smoke (Import-ChatSession -Path $file).Messages[0].Text two
Remove-Item -Path $file
