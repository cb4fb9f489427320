$started = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -Connection $name
Assert-Smoke ($started.Status -join ',') 'NotStarted,NotStarted'
Assert-Smoke ($started.Prompt -join ',') 'a fox,a hen'
$ended = $started | Wait-ChatGeneration
Assert-Smoke ($ended.Status -join ',') 'Succeeded,Succeeded'
$larger = $ended | Select-Object -First 1 | Invoke-ChatGenerationAction -Action Upscale1 | Wait-ChatGeneration
Assert-Smoke $larger.ParentId $ended[0].Id
$file = New-TemporaryFile
$art = "$($file.FullName)-art"
Assert-Smoke (Split-Path ($larger | Receive-ChatGeneration $art).Path -Leaf) '0001.png'
Assert-Smoke ($larger | Get-ChatGeneration).Status 'Succeeded'
Assert-Smoke (Get-ChatGeneration -All -First 1 -Connection $name).Id $larger.Id
Assert-Smoke (Start-ChatGeneration 'a [slow] fox' -Service Midjourney -Connection $name | Stop-ChatGeneration -PassThru).Status 'Cancelled'
Remove-Item -Path $file.FullName, $art -Recurse
$started | Select-Object -First 1
