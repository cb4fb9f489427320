Clear-ChatUsage -Connection $name
Assert-Smoke (@(Get-ChatUsage -Connection $name).Count) 0
$null = Invoke-ChatCompletion -Prompt 'hi' -Connection $name
$usage = Get-ChatUsage -Connection $name -Model *mini -PriceTable @{ 'sandbox-*' = 0, 1.5 }
Assert-Smoke $usage.Failures 0
Assert-Smoke ($usage.Cost -gt 0) True
$log = New-TemporaryFile
Connect-ChatService -Name $name -LogPath $log.FullName -Quiet
$null = Invoke-ChatCompletion -Prompt 'hi' -Connection $name
$entry = Get-ChatLog -Path $log.FullName
Assert-Smoke $entry.Outcome Success
Assert-Smoke (Get-ChatLog -Path $log.FullName -Sum Model).Requests 1
Remove-Item -Path "$($log.FullName)*" -Confirm:$false
$entry
$usage
