$started = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney -Connection $name
Assert-Smoke ($started.Status -join ',') 'NotStarted,NotStarted'
Assert-Smoke ($started.Prompt -join ',') 'a fox,a hen'
$started | Select-Object -First 1
