BeforeAll {
    . $PSScriptRoot/common.ps1
    function New-Talk { New-ChatSession 'Be brief.' -Name Talk -Model m -MaxMessage 9 -Parameter @{ N = 1 } -Message 'one', @{ role = 'assistant'; content = 'x' }, 'two', @{ role = 'assistant'; content = 'y' } }
}

AfterAll {
    Clear-Test
}

Describe 'Copy-ChatSession' {
    It 'makes a session of its own' {
        $session = New-Talk
        $copy = $session | Copy-ChatSession
        $copy.Name, $copy.System, $copy.Model, $copy.MaxMessage, $copy.Parameters.N, $copy.Messages.Count | Should -Be 'Talk', 'Be brief.', 'm', 9, 1, 4
        $copy.Id | Should -Not -Be $session.Id
        $copy.Messages = @()
        $copy.Parameters.N = 2
        $session.Messages.Count, $session.Parameters.N | Should -Be 4, 1
    }

    It 'takes the first or the last messages, and a name' {
        (New-Talk | Copy-ChatSession -First 2).Messages.Text | Should -Be 'one', 'x'
        (New-Talk | Copy-ChatSession -Last 1).Messages.Text | Should -Be 'y'
        (Copy-ChatSession (New-Talk) -First 0 -Name Fresh).Messages.Count | Should -Be 0
        (Copy-ChatSession (New-Talk) -Name Fresh).Name | Should -Be 'Fresh'
    }

    It 'refuses a negative count' {
        { New-Talk | Copy-ChatSession -First -1 } | Should -Throw
    }
}
