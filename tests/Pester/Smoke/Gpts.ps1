$found = Find-ChatGpt weather -Connection $name
Assert-Smoke ($found.Id -join ',') 'g-sandbox01,g-sandbox03'
$gpt = $found | Select-Object -First 1 | Get-ChatGpt -Connection $name
Assert-Smoke "$gpt by $($gpt.Author), $($gpt.Model)" 'Weather by Sandbox, gpt-4-gizmo-g-sandbox01'
$gpt
