$source = New-TemporaryFile
Set-Content $source.FullName 'smoke' -Encoding ascii
$kept = Add-ChatFile $source.FullName -Name smoke.txt -Connection $name
Assert-Smoke $kept.FileName 'smoke.txt'
Assert-Smoke ($kept | Get-ChatFile).Id $kept.Id
Assert-Smoke (Get-Content ($kept | Save-ChatFile -Path "$($source.FullName).copy.txt").FullName -Encoding ascii) 'smoke'
Remove-ChatFile $kept.Id -Connection $name
Assert-Smoke (Get-ChatFile -Connection $name -Purpose user_data) ''
Remove-Item $source.FullName, "$($source.FullName).copy.txt"
