BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'A run in which one answer is damaged' {
    BeforeAll {
        # An answer whose text is nowhere to be found.
        $script:damaged = @{ Prompt = 'item 250'; Response = @{ id = 'c'; choices = @(@{ index = 0; message = 'You said it.' }) } }
        $script:items = 1..500 | ForEach-Object { "item $_" }
    }

    It 'ends with 499 answers and one error: <Kind>' -ForEach @(
        @{ Kind = 'in order'; With = @{} }
        @{ Kind = 'as completed'; With = @{ AsCompleted = $true } }
        @{ Kind = 'streamed'; With = @{ Stream = $true } }
    ) {
        Connect-TestSandbox @{ Response = $damaged }

        $answers = @($items | Invoke-ChatCompletion @With -ThrottleLimit 32 -ErrorVariable failures -ErrorAction SilentlyContinue |
                ForEach-Object { if ($_ -is [ChatPS.ChatCompletion]) { $_ } elseif ($_.Completion) { $_.Completion } })

        $answers.Count | Should -Be 499
        $answers | Where-Object { $_.Text -cne "You said: $($_.Input)" } | Should -BeNullOrEmpty
        @($failures).Count | Should -Be 1
        $failures[0].TargetObject | Should -Be 'item 250'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'BadResponse*'
        $failures[0].Exception.ResponseBody | Should -BeLike '*You said it.*'
    }

    It 'is finished by a second run with the same checkpoint' {
        $path = Join-Path $TestDrive damaged.jsonl
        Connect-TestSandbox @{ Response = $damaged }
        $first = @($items | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 32 -ErrorVariable failures -ErrorAction SilentlyContinue)
        $first.Count | Should -Be 499
        @($failures).Count | Should -Be 1

        Connect-TestSandbox
        $second = @($items | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 32 -ErrorAction Stop)

        $second.Input | Should -Be $items
        $second[249].Text | Should -BeExactly 'You said: item 250'
        (Get-TestRequest).Prompt | Should -Be 'item 250'
    }

    It 'asks the fallback model' {
        Connect-TestSandbox @{ Response = $damaged + @{ Model = 'sandbox-mini' } }
        $answer = 'item 250' | Invoke-ChatCompletion -FallbackModel sandbox-large -ErrorAction Stop
        $answer.FallbackFrom | Should -Be 'sandbox-mini'
        $answer.Text | Should -BeExactly 'You said: item 250'
    }

    It 'ends with the first error where the user says so' {
        Connect-TestSandbox @{ Response = @{ Prompt = 'item 2'; Response = @{ choices = 'none' } } }
        $seen = [Collections.Generic.List[string]]::new()
        { 'item 1', 'item 2', 'item 3' | Invoke-ChatCompletion -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $seen.Add($_.Input) } } | Should -Throw -ErrorId 'BadResponse*'
        $seen | Should -Be 'item 1'
    }

    It 'leaves the other items alone in every command that asks' {
        Connect-TestSandbox @{ Response = @{ Path = '*'; Prompt = 'item 2'; Response = @{ choices = 'none'; results = 'none' } } }
        $texts = 'item 1', 'item 2', 'item 3' | Invoke-ChatTextCompletion -Model sandbox-instruct -ErrorVariable failures -ErrorAction SilentlyContinue
        $texts.Input | Should -Be 'item 1', 'item 3'
        $failures.TargetObject | Should -Be 'item 2'
        $job = 'item 1', 'item 2', 'item 3' | Invoke-ChatCompletion -AsJob
        $received = $job | Receive-EndedJob -ErrorVariable failures -ErrorAction SilentlyContinue
        $received.Input | Should -Be 'item 1', 'item 3'
        @($failures).Count | Should -Be 1
    }
}

Describe 'Answers with nulls and odd members' {
    It 'are read as far as they go' {
        $body = @{
            choices = @($null, @{ message = @{ content = 'Hi'; tool_calls = @($null) }; finish_reason = 'stop'; logprobs = @() })
            usage = @(); error = @{}; created = 'x'; metadata = @(1)
        }
        Connect-TestSandbox @{ Response = @{ Prompt = '*'; Response = $body } }
        $answer = Invoke-ChatCompletion hi -ErrorAction Stop
        $answer.Text | Should -BeExactly 'Hi'
        $answer.FinishReason | Should -Be 'stop'
        $answer.Usage | Should -BeNullOrEmpty
        $answer.Raw | Should -BeLike '*"usage":`[`]*'
    }

    It 'list no models where data is null' {
        Connect-TestSandbox @{ Response = @{ Path = '*/models'; Response = @{ object = 'list'; data = $null } } }
        Get-ChatModel -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'do not end Get-ChatCompletion -IncludeMessage' {
        Connect-TestSandbox @{ Response = @{ Path = '*/messages'; Response = @{ object = 'list'; data = @($null, @{ id = 'm'; role = 'user'; content = 'one' }, $null) } } }
        $null = 'one', 'two' | Invoke-ChatCompletion -Store $true
        $kept = @(Get-ChatCompletion -IncludeMessage -ErrorAction Stop)
        $kept.Count | Should -Be 2
        $kept | ForEach-Object { $_.Messages.Role | Should -Be 'user', 'assistant' }
    }

    It 'make one error of each conversation that cannot be read' {
        Connect-TestSandbox @{ Response = @{ Path = '*/messages'; Response = @{ data = 'none' } } }
        $null = 'one', 'two' | Invoke-ChatCompletion -Store $true
        $kept = @(Get-ChatCompletion -IncludeMessage -ErrorVariable failures -ErrorAction SilentlyContinue)
        $kept.Count | Should -Be 0
        @($failures).Count | Should -Be 2
        $failures[0].TargetObject | Should -BeOfType ChatPS.ChatCompletion
    }
}
