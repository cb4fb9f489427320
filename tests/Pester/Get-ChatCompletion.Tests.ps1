BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatCompletion' {
    BeforeEach {
        Connect-TestSandbox
        $one = Invoke-ChatCompletion 'one' -Store $true -Metadata @{ run = 'a' } -System 'Be brief'
        $two = Invoke-ChatCompletion 'two' -Store $true -Metadata @{ run = 'b'; team = 'x y' } -Model sandbox-large
        $null = Invoke-ChatCompletion 'not kept'
    }

    It 'lists what is kept, oldest first' {
        $all = @(Get-ChatCompletion)
        $all.Id | Should -BeExactly $one.Id, $two.Id
        $all[0] | Should -BeOfType ChatPS.ChatCompletion
        $all[0].Text | Should -BeExactly 'You said: one'
        $all[0].Connection | Should -Be 'Test'
        $all[1].Metadata['team'] | Should -BeExactly 'x y'
        ($all[0].Raw | ConvertFrom-Json).id | Should -Be $one.Id
    }

    It 'lists by model, notes, order and number' {
        (Get-ChatCompletion -Model sandbox-large).Id | Should -Be $two.Id
        (Get-ChatCompletion -Metadata @{ run = 'a' }).Id | Should -Be $one.Id
        (Get-ChatCompletion -Metadata @{ run = 'b'; team = 'x y' }).Id | Should -Be $two.Id
        (Get-ChatCompletion -Descending -First 1).Id | Should -Be $two.Id
        Get-ChatCompletion -Model sandbox-large -Metadata @{ run = 'a' } | Should -BeNullOrEmpty
    }

    It 'fetches by id, from the pipeline and by property name' {
        (Get-ChatCompletion $two.Id).Text | Should -BeExactly 'You said: two'
        ($two.Id, $one.Id | Get-ChatCompletion).Id | Should -Be $two.Id, $one.Id
        ([pscustomobject]@{ Id = $one.Id } | Get-ChatCompletion).Id | Should -Be $one.Id
    }

    It 'fetches a completion again over the connection it came from' {
        $other = Start-ChatSandbox Other
        Connect-ChatService $other.BaseUri -Name Other
        ($one | Get-ChatCompletion).Id | Should -Be $one.Id
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'brings the conversation along with -IncludeMessage' {
        (Get-ChatCompletion $one.Id).Messages | Should -BeNullOrEmpty
        (Get-ChatCompletion $one.Id -IncludeMessage).Messages.Text | Should -BeExactly 'Be brief', 'one', 'You said: one'
        (Get-ChatCompletion -IncludeMessage)[1].Messages.Text | Should -BeExactly 'two', 'You said: two'
    }

    It 'lets a conversation go on only with its messages' {
        (Get-ChatCompletion $one.Id -IncludeMessage | Invoke-ChatCompletion 'three').Messages.Count | Should -Be 5
        $failure = Get-Failure { Get-ChatCompletion $one.Id | Invoke-ChatCompletion 'three' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*-IncludeMessage*'
    }

    It 'reports an unknown id, and goes on' {
        $found = 'nothing', $one.Id | Get-ChatCompletion -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Id | Should -Be $one.Id
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].TargetObject | Should -Be 'nothing'
    }

    It 'refuses a number below 1, and sends nothing' {
        $before = @(Get-TestRequest).Count
        (Get-Failure { Get-ChatCompletion -First 0 }).Exception.Message | Should -BeLike '*-First*'
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'uses no tokens' {
        Clear-ChatUsage
        $null = Get-ChatCompletion -IncludeMessage
        (Get-ChatUsage | Measure-Object TotalTokens -Sum).Sum | Should -Be 0
    }
}
