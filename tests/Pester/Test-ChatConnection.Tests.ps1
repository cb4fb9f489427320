BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Test-ChatConnection' {
    It 'tells that a connection works' {
        Connect-TestSandbox @{ RequireKey = 'sk-test-good' } @{ ApiKey = 'sk-test-good' }
        $test = Test-ChatConnection
        $test | Should -BeOfType ChatPS.ChatConnectionTest
        $test.Success | Should -BeTrue
        $test.Reachable | Should -BeTrue
        $test.Authenticated | Should -BeTrue
        $test.ModelCount | Should -Be 4
        $test.Latency | Should -BeGreaterThan ([timespan]::Zero)
        $test.ErrorId | Should -BeNullOrEmpty
        $test.Connection | Should -Be 'Test'
        $test.RequestId | Should -BeLike 'req_sandbox_*'
    }

    It 'tells that the key is wrong, without an error' {
        Connect-TestSandbox @{ RequireKey = 'sk-test-good' } @{ ApiKey = 'sk-test-wrong' }
        $test = Test-ChatConnection -ErrorVariable failure
        $failure | Should -BeNullOrEmpty
        $test.Success | Should -BeFalse
        $test.Reachable | Should -BeTrue
        $test.Authenticated | Should -BeFalse
        $test.ErrorId | Should -Be 'AuthenticationFailed'
        $test.Message | Should -Not -BeLike '*sk-test*'
    }

    It 'tells that nothing listens there' {
        Connect-TestSandbox
        Stop-ChatSandbox Test
        $test = Test-ChatConnection
        $test.Success | Should -BeFalse
        $test.Reachable | Should -BeFalse
        $test.Authenticated | Should -BeNullOrEmpty
        $test.ErrorId | Should -Be 'ConnectionFailed'
    }

    It 'tells that nothing answers in time' {
        Connect-TestSandbox @{ Fault = 'Silence' }
        $test = Test-ChatConnection -TimeoutSec 0.2
        $test.Reachable | Should -BeFalse
        $test.ErrorId | Should -Be 'Timeout'
    }

    It 'tests connections by name and from the pipeline, the good with the bad' {
        Connect-TestSandbox
        Connect-ChatService 'http://127.0.0.1:9' -Name Bad -MaxRetry 0
        $tests = 'Test', 'Bad' | Test-ChatConnection
        $tests.Connection | Should -Be 'Test', 'Bad'
        $tests.Success | Should -Be $true, $false
        (Get-ChatConnection Test | Test-ChatConnection).Success | Should -BeTrue
        Disconnect-ChatService Bad
    }

    It 'gives booleans with -Quiet' {
        Connect-TestSandbox
        Test-ChatConnection -Quiet | Should -BeTrue
        Connect-TestSandbox @{ Fault = 500 }
        Test-ChatConnection -Quiet | Should -BeFalse
        Test-ChatConnection -Quiet | Should -BeOfType bool
    }

    It 'says that there is no such connection' {
        @(Get-Failure { Test-ChatConnection nowhere }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
