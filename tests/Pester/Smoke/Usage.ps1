Clear-ChatUsage -Connection $name
Assert-Smoke (@(Get-ChatUsage -Connection $name).Count) 0
$null = Invoke-ChatCompletion -Prompt 'hi' -Connection $name
$usage = Get-ChatUsage -Connection $name -Model *mini -PriceTable @{ 'sandbox-*' = 0, 1.5 }
Assert-Smoke $usage.Failures 0
Assert-Smoke ($usage.Cost -gt 0) True
$usage
