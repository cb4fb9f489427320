BeforeAll {
    . $PSScriptRoot/common.ps1
    function New-Talk { New-ChatSession 'Be brief.' -Message 'one', @{ role = 'assistant'; content = 'x' }, 'two', @{ role = 'assistant'; content = 'y' } }
}

AfterAll {
    Clear-Test
}

Describe 'Limit-ChatSession' {
    It 'leaves out the oldest messages' {
        $session = New-Talk
        Limit-ChatSession $session -MaxMessage 3 | Should -BeNullOrEmpty
        $session.Messages.Text | Should -Be 'two', 'y'
        $session.System | Should -Be 'Be brief.'
    }

    It 'counts tokens' {
        (New-Talk | Limit-ChatSession -MaxToken 1 -PassThru).Messages.Text | Should -Be 'y'
        (New-Talk | Limit-ChatSession -MaxToken 1000 -PassThru).Messages.Count | Should -Be 4
    }

    It 'takes the limits of the session' {
        $session = New-Talk
        $session.MaxMessage = 2
        ($session | Limit-ChatSession -PassThru).Messages.Count | Should -Be 2
    }

    It 'changes nothing with -WhatIf' {
        $session = New-Talk
        $session | Limit-ChatSession -MaxMessage 1 -WhatIf
        $session.Messages.Count | Should -Be 4
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'no limit'; Arguments = @{}; Says = '*no limit*' }
        @{ What = '-MaxMessage 0'; Arguments = @{ MaxMessage = 0 }; Says = '*-MaxMessage is 0*' }
        @{ What = '-MaxToken -1'; Arguments = @{ MaxToken = -1 }; Says = '*-MaxToken is -1*' }
    ) {
        $failure = Get-Failure { New-Talk | Limit-ChatSession @Arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Says
    }
}
