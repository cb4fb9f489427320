BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Remove-ChatCompletion' {
    BeforeEach {
        Connect-TestSandbox
        $one = Invoke-ChatCompletion 'one' -Store $true
        $two = Invoke-ChatCompletion 'two' -Store $true
    }

    It 'deletes by id, and emits nothing' {
        Remove-ChatCompletion $one.Id | Should -BeNullOrEmpty
        (Get-ChatCompletion).Id | Should -Be $two.Id
    }

    It 'deletes what is piped' {
        Get-ChatCompletion | Remove-ChatCompletion
        Get-ChatCompletion | Should -BeNullOrEmpty
    }

    It 'deletes over the connection that a completion came from' {
        Connect-ChatService -Sandbox -Name Other
        $one | Remove-ChatCompletion
        (Get-ChatCompletion -Connection Test).Id | Should -Be $two.Id
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'deletes nothing with -WhatIf' {
        $one, $two | Remove-ChatCompletion -WhatIf
        @(Get-ChatCompletion).Count | Should -Be 2
    }

    It 'reports an unknown id, says what to do, and goes on' {
        $failure = Get-Failure { 'nothing', $one.Id | Remove-ChatCompletion }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*Get-ChatCompletion*'
        (Get-ChatCompletion).Id | Should -Be $two.Id
    }

    It 'refuses a completion without an id' {
        $before = @(Get-TestRequest).Count
        @(Get-Failure { [ChatPS.ChatCompletion]::new() | Remove-ChatCompletion })[0].Exception.Message | Should -BeLike '*no id*'
        @(Get-TestRequest).Count | Should -Be $before
    }
}
