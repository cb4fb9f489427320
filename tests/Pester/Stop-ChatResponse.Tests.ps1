BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Stop-ChatResponse' {
    BeforeEach {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
        $begun = Invoke-ChatCompletion 'later' -AdditionalBody @{ background = $true }
    }

    It 'stops by id, and emits nothing' {
        Stop-ChatResponse $begun.Id | Should -BeNullOrEmpty
        (Get-ChatResponse $begun.Id).FinishReason | Should -Be 'cancelled'
    }

    It 'stops what is piped' {
        $begun | Stop-ChatResponse
        ($begun | Get-ChatResponse).FinishReason | Should -Be 'cancelled'
    }

    It 'stops nothing with -WhatIf' {
        $begun | Stop-ChatResponse -WhatIf
        ($begun | Get-ChatResponse).FinishReason | Should -Be 'in_progress'
    }

    It 'reports what cannot be stopped, and goes on' {
        $whole = Invoke-ChatCompletion 'now'
        $failure = Get-Failure { $whole.Id, $begun.Id | Stop-ChatResponse }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        (Get-ChatResponse $begun.Id).FinishReason | Should -Be 'cancelled'
    }
}
