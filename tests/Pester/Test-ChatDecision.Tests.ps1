BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Test-ChatDecision' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'gives a boolean an item, in order' {
        $verdicts = 'a prize', 'the minutes', 'your prize' | Test-ChatDecision 'is a prize promised?'
        $verdicts | Should -BeOfType bool
        $verdicts | Should -Be $true, $false, $true
        Get-TestMember 'questions' | Should -BeExactly '[{"type":"predicate","name":"answer","instructions":"is a prize promised?"}]'
    }

    It 'holds yes to the threshold' {
        $p = ('a prize' | Invoke-ChatDecision 'is a prize promised?').answerProbability
        'a prize' | Test-ChatDecision 'is a prize promised?' -Threshold $p | Should -BeTrue
        'a prize' | Test-ChatDecision 'is a prize promised?' -Threshold ($p + 0.001) | Should -BeFalse
        'the minutes' | Test-ChatDecision 'is a prize promised?' -Threshold 0 | Should -BeTrue
        'a prize' | Test-ChatDecision @{ Text = 'is a prize promised?'; Threshold = 1 } | Should -BeFalse
    }

    It 'is a filter for Where-Object' {
        $mails = 1..4 | ForEach-Object { [pscustomobject]@{ Id = $_; Body = if ($_ % 2) { 'a prize' } else { 'the minutes' } } }
        ($mails | Where-Object { $_.Body | Test-ChatDecision 'is a prize promised?' -Threshold 0.9 }).Id | Should -Be 1, 3
    }

    It 'emits the items that pass with -PassThru, as they came' {
        $mails = 1..4 | ForEach-Object { [pscustomobject]@{ Id = $_; Body = if ($_ % 2) { 'a prize' } else { 'the minutes' } } }
        $passed = $mails | Test-ChatDecision 'is a prize promised?' -Property Body -PassThru
        $passed | Should -Be $mails[0], $mails[2]
        ($mails | Test-ChatDecision 'is a prize promised?' -Property Body -PassThru -AsJob | Receive-EndedJob).Id | Should -Be 1, 3
    }

    It 'asks about what is given beside the question' {
        Test-ChatDecision 'is a prize promised?' 'a prize' | Should -BeTrue
        Test-ChatDecision 'is a prize promised?' -Message 'hello', @{ role = 'assistant'; content = 'a prize' } | Should -BeTrue
    }

    It 'says neither where there is no answer' {
        $verdicts = 'a prize', '[refuse]', 'a prize' | Test-ChatDecision 'is a prize promised?' -ErrorVariable failure -ErrorAction SilentlyContinue
        $verdicts | Should -Be $true, $true
        $failure.Count | Should -Be 1
        $failure[0].TargetObject | Should -BeExactly '[refuse]'
        $failure[0].Exception.Message | Should -BeLike '*no answer*Refused*'
        '[refuse]' | Test-ChatDecision 'is a prize promised?' -PassThru -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'says neither where nobody tells how likely a yes is' {
        Connect-TestSandbox @{} @{ Dialect = 'Anthropic' }
        'a prize' | Test-ChatDecision 'is a prize promised?' | Should -BeOfType bool
        $failure = @(Get-Failure { 'a prize' | Test-ChatDecision 'is a prize promised?' -Threshold 0.9 })
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike '*how likely*'
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = 'a choice'; Script = { 'a' | Test-ChatDecision 'spam or ham (spam|ham)' }; Said = "*'spam or ham'*choice*yes or no*" }
        @{ What = 'a score'; Script = { 'a' | Test-ChatDecision 'how bad 1..5' }; Said = '*Score*' }
        @{ What = 'a threshold that cannot be'; Script = { 'a' | Test-ChatDecision 'bad?' -Threshold 1.5 }; Said = '*1.5*' }
        @{ What = 'a threshold in per cent'; Script = { 'a' | Test-ChatDecision 'bad?' -Threshold 90 }; Said = '*-Threshold is 90*' }
        @{ What = 'two questions'; Script = { 'a' | Test-ChatDecision 'bad?', 'worse?' }; Said = '*2 were given*one question*' }
        @{ What = 'an empty item'; Script = { '' | Test-ChatDecision 'bad?' }; Said = '*empty*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike $Said
        @(Get-TestRequest).Count | Should -Be 0
    }
}
