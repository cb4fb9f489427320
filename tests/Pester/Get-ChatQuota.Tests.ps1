BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatQuota' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'tells the balance of a gateway, whose usage comes in hundredths' {
        $quota = Get-ChatQuota
        $quota.Limit, $quota.Used, $quota.Remaining | Should -Be 100, 12.34, 87.66
        $quota.Unit | Should -Be 'USD'
        $quota.Period | Should -BeNullOrEmpty
        $quota.Connection | Should -Be 'Test'
        "$quota" | Should -Be '12.34 of 100 USD'
        (Get-TestRequest).Path | Should -Be '/v1/dashboard/billing/subscription', '/v1/dashboard/billing/usage'
    }

    It 'knows a key without a limit' {
        Connect-TestSandbox @{ Response = @{ Path = '*/subscription'; Response = '{"object":"billing_subscription","hard_limit_usd":100000000}' } }
        $quota = Get-ChatQuota
        $quota.Limit | Should -BeNullOrEmpty
        $quota.Remaining | Should -BeNullOrEmpty
        $quota.Used | Should -Be 12.34
    }

    It 'takes an error under status 200 as an error' {
        Connect-TestSandbox @{ Response = @{ Path = '*/subscription'; Response = '{"error":{"message":"The token is out of order.","type":"new_api_error"}}' } }
        $failure = Get-Failure { Get-ChatQuota }
        $failure.Exception.Message | Should -BeLike '*The token is out of order.*'
    }

    It 'says so where the service tells no limit' {
        Connect-TestSandbox @{ Response = @{ Path = '*/subscription'; Response = '{"object":"billing_subscription"}' } }
        (Get-Failure { Get-ChatQuota }).FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
    }

    It 'tells the day of a reseller from its last answer, and sends nothing' {
        Connect-ChatService -Sandbox -Name Test -Dialect Envelope
        (Get-Failure { Get-ChatQuota }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $null = 1..3 | ForEach-Object { Invoke-ChatCompletion "$_" }
        $sent = @(Get-TestRequest).Count
        $quota = Get-ChatQuota
        $quota.Limit, $quota.Used, $quota.Remaining | Should -Be 1000, 3, 997
        $quota.Unit, $quota.Period | Should -Be 'requests', 'day'
        $quota.Date | Should -Match '^\d{4}-\d\d-\d\d$'
        @(Get-TestRequest).Count | Should -Be $sent
    }

    It 'refuses where the family of services has none' {
        Connect-ChatService -Sandbox -Name Test -Dialect AzureOpenAI
        $failure = Get-Failure { Get-ChatQuota }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure.Exception.Message | Should -BeLike '*AzureOpenAI*quota*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'takes connections from the pipeline, one error for each that is not there' {
        $quotas = Get-ChatConnection Test | Get-ChatQuota
        $quotas.Connection | Should -Be 'Test'
        $quotas = 'Test', 'nowhere' | Get-ChatQuota -ErrorVariable failures -ErrorAction SilentlyContinue
        $quotas.Connection | Should -Be 'Test'
        $failures.Count | Should -Be 1
    }

    It 'takes the name before -Connection' {
        (Get-Failure { Get-ChatQuota nowhere -Connection Test }).Exception.Message | Should -BeLike "*'nowhere'*"
    }

    It 'has a view' {
        $text = Get-ChatQuota | Out-String
        $text | Should -Match 'Connection\s+Limit\s+Used\s+Remaining\s+Unit'
        $text | Should -Match 'Test\s+100\s+12\.34\s+87\.66\s+USD'
    }
}
