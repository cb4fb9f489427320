BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Remove-ChatResponse' {
    BeforeEach {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
        $one = Invoke-ChatCompletion 'one'
        $two = Invoke-ChatCompletion 'two'
    }

    It 'deletes by id, and emits nothing' {
        Remove-ChatResponse $one.Id | Should -BeNullOrEmpty
        (Get-Failure { Get-ChatResponse $one.Id }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        (Get-ChatResponse $two.Id).Id | Should -Be $two.Id
    }

    It 'deletes what is piped' {
        $one, $two | Remove-ChatResponse
        @(Get-Failure { $one, $two | Get-ChatResponse }).Count | Should -Be 2
    }

    It 'deletes over the connection that an answer came from' {
        $other = Start-ChatSandbox Other
        Connect-ChatService $other.BaseUri -Name Other -Dialect Responses
        $one | Remove-ChatResponse
        (Get-Failure { Get-ChatResponse $one.Id -Connection Test }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'deletes nothing with -WhatIf' {
        $one, $two | Remove-ChatResponse -WhatIf
        @($one, $two | Get-ChatResponse).Count | Should -Be 2
    }

    It 'reports an unknown id, and goes on' {
        $failure = Get-Failure { 'nothing', $one.Id | Remove-ChatResponse }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        @(Get-Failure { Get-ChatResponse $one.Id }).Count | Should -Be 1
    }

    It 'refuses an answer without an id' {
        $before = @(Get-TestRequest).Count
        @(Get-Failure { [ChatPS.ChatCompletion]::new() | Remove-ChatResponse })[0].Exception.Message | Should -BeLike '*no id*'
        @(Get-TestRequest).Count | Should -Be $before
    }
}
