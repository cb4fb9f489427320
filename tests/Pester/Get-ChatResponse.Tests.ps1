BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatResponse' {
    BeforeEach {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
        $one = Invoke-ChatCompletion 'one' -Metadata @{ run = 'a' } -System 'Be brief'
        $two = Invoke-ChatCompletion 'two' -PreviousResponseId $one.Id
    }

    It 'fetches by id, from the pipeline and by property name' {
        $found = Get-ChatResponse $one.Id
        $found | Should -BeOfType ChatPS.ChatCompletion
        $found.Text | Should -BeExactly 'You said: one'
        $found.Metadata['run'] | Should -Be 'a'
        ($two.Id, $one.Id | Get-ChatResponse).Id | Should -Be $two.Id, $one.Id
        ([pscustomobject]@{ Id = $one.Id } | Get-ChatResponse).Id | Should -Be $one.Id
    }

    It 'fetches an answer again over the connection it came from' {
        $other = Start-ChatSandbox Other
        Connect-ChatService $other.BaseUri -Name Other -Dialect Responses
        ($one | Get-ChatResponse).Id | Should -Be $one.Id
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'works over a connection of the dialect OpenAI' {
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Plain -Model sandbox-mini
        (Get-ChatResponse $one.Id -Connection Plain).Text | Should -BeExactly 'You said: one'
        Disconnect-ChatService Plain
    }

    It 'brings the conversation along with -IncludeMessage' {
        (Get-ChatResponse $two.Id).Messages | Should -BeNullOrEmpty
        (Get-ChatResponse $two.Id -IncludeMessage).Messages.Text | Should -BeExactly 'one', 'You said: one', 'two', 'You said: two'
        (Get-ChatResponse $two.Id -IncludeMessage | Invoke-ChatCompletion 'three').Messages.Count | Should -Be 6
    }

    It 'shows how far a response has come' {
        $begun = Invoke-ChatCompletion 'later' -AdditionalBody @{ background = $true }
        $begun.FinishReason | Should -Be 'queued'
        ($begun | Get-ChatResponse).FinishReason | Should -Be 'in_progress'
        ($begun | Get-ChatResponse).Text | Should -BeExactly 'You said: later'
    }

    It 'reports an unknown id, and goes on' {
        $found = 'nothing', $one.Id | Get-ChatResponse -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Id | Should -Be $one.Id
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].TargetObject | Should -Be 'nothing'
        Get-Advice $failure[0] | Should -BeLike '*-Store*'
    }

    It 'uses no tokens' {
        Clear-ChatUsage
        $null = $one | Get-ChatResponse -IncludeMessage
        (Get-ChatUsage | Measure-Object TotalTokens -Sum).Sum | Should -Be 0
    }
}
