$file = New-TemporaryFile
$night = "$($file.FullName)-night.json"
$batch = 'Riga', 'Oslo' | Start-ChatBatch 'Say it.' -Path $night -Connection $name
Assert-Smoke $batch.Total 2
Assert-Smoke ($batch | Wait-ChatBatch).Status 'Completed'
Assert-Smoke (Get-ChatBatch $night).Completed 2
Assert-Smoke (@($batch | Receive-ChatBatch).Count) 2
Stop-ChatBatch $night
Remove-Item -Path $file.FullName, "$night*" -Recurse
$batch
