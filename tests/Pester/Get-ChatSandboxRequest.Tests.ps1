BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatSandboxRequest' {
    BeforeEach {
        Connect-TestSandbox @{} @{ ApiKey = 'sk-test-0123456789' }
    }

    It 'shows what was received' {
        $null = Invoke-ChatCompletion 'Hello' -Stream -AdditionalQuery @{ v = 1 }
        $request = Get-ChatSandboxRequest Test
        $request | Should -BeOfType ChatPS.ChatSandboxRequest
        $request.Number | Should -Be 1
        $request.Method | Should -Be 'POST'
        $request.Path | Should -Be '/v1/chat/completions'
        $request.Query | Should -Be 'v=1'
        $request.Model | Should -Be 'sandbox-mini'
        $request.Prompt | Should -Be 'Hello'
        $request.Stream | Should -BeTrue
        $request.StatusCode | Should -Be 200
        $request.Fault | Should -BeNullOrEmpty
        $request.Aborted | Should -BeFalse
        $request.Sandbox | Should -Be 'Test'
        $request.Time.Offset | Should -Be ([timespan]::Zero)
        $request.Headers['Content-Type'] | Should -BeLike 'application/json*'
        ($request.Body | ConvertFrom-Json).stream | Should -BeTrue
        "$request" | Should -Be 'POST /v1/chat/completions'
    }

    It 'masks keys wherever they travel' {
        $null = Invoke-ChatCompletion hi -AdditionalBody @{ token = 'sk-test-0123456789' } -AdditionalQuery @{ key = 'sk-test-0123456789' } `
            -AdditionalHeader @{ 'x-api-key' = 'sk-test-0123456789' }
        $request = Get-ChatSandboxRequest Test
        $request | ConvertTo-Json -Depth 5 | Should -Not -BeLike '*sk-test-0123456789*'
        $request.Headers['Authorization'] | Should -Be 'Bearer ****'
        $request.Headers['x-api-key'] | Should -Be '****'
    }

    It 'gives the newest with -Last' {
        $null = 'a', 'b', 'c' | Invoke-ChatCompletion -ThrottleLimit 1
        (Get-ChatSandboxRequest Test).Prompt | Should -Be 'a', 'b', 'c'
        (Get-ChatSandboxRequest Test -Last 2).Prompt | Should -Be 'b', 'c'
        (Get-ChatSandboxRequest Test -Last 9).Count | Should -Be 3
    }

    It 'finds sandboxes by wildcard and pipeline' {
        $null = Invoke-ChatCompletion hi
        @(Get-ChatSandboxRequest T*).Count | Should -Be 1
        @('Test' | Get-ChatSandboxRequest).Count | Should -Be 1
        @(Get-ChatSandboxRequest).Count | Should -Be 1
        Get-ChatSandboxRequest none* | Should -BeNullOrEmpty
    }

    It 'says that there is no such sandbox' {
        @(Get-Failure { Get-ChatSandboxRequest nowhere }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
