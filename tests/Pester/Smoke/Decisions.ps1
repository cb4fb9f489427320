Assert-Smoke (New-ChatQuestion team 'which team' -Choice billing, sales).Options 'billing sales'
Assert-Smoke (('I want my money back.' | Invoke-ChatDecision 'refund: money back?' -Connection $name).refund -in $true, $false) True
Assert-Smoke (('I want my money back.' | Test-ChatDecision 'money back?' -Connection $name) -in $true, $false) True
