BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'What a model says on its way to the answer' {
    BeforeAll {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
        $phases = @{ Model = 'sandbox-phases' }
        $remark = 'Let me look at that first.'
    }

    It 'is in Commentary, and no part of the text' {
        $answer = Invoke-ChatCompletion 'Hello' @phases
        $answer.Text | Should -BeExactly 'You said: Hello'
        $answer.Commentary | Should -BeExactly $remark
        "$answer" | Should -BeExactly 'You said: Hello'
    }

    It 'comes in pieces of its own' {
        $pieces = Invoke-ChatCompletion 'Hello' @phases -Stream
        -join $pieces.Text | Should -BeExactly 'You said: Hello'
        -join $pieces.Commentary | Should -BeExactly $remark
        $pieces | Where-Object { $_.Text -and $_.Commentary } | Should -BeNullOrEmpty
        $pieces[-1].Completion.Commentary | Should -BeExactly $remark
    }

    It 'is no part of a typed answer' {
        (Invoke-ChatCompletion 'A city' @phases -OutputSchema 'name').ChatPS.Completion.Commentary | Should -BeExactly $remark
    }

    It 'goes back from a session, from its file, from JSON and from an answer that is piped on' {
        $session = New-ChatSession
        $answer = Invoke-ChatCompletion 'One' @phases -Session $session
        $path = Join-Path $TestDrive 'session.json'
        $session | Export-ChatSession -Path $path
        $read = Import-ChatSession -Path $path
        $read.Messages[-1].Commentary | Should -BeExactly $remark
        $json = $answer.Messages | ConvertTo-Json -Depth 9 | ConvertFrom-Json
        $answers = @(
            Invoke-ChatCompletion 'Two' @phases -Session $session
            Invoke-ChatCompletion 'Two' @phases -Session $read
            Invoke-ChatCompletion -Message (@($json) + @{ role = 'user'; content = 'Two' }) @phases
            $answer | Invoke-ChatCompletion 'Two' @phases
        )
        $answers.Text | Select-Object -Unique | Should -BeExactly 'You said: Two'
        $answers.Count | Should -Be 4
    }

    It 'goes back with the outputs of tools' {
        $answer = Invoke-ChatCompletion 'Please call Get-Culture.' @phases -Tool Get-Culture -AllowTool Get-Culture
        $answer.Text | Should -BeLike 'The tool answered: *'
        $answer.ToolRounds | Should -Be 1
    }
}

Describe 'What a service wants back with the outputs of tools' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'is there: <_>' -ForEach 'sandbox-reasoning-content', 'sandbox-reasoning-empty', 'sandbox-thinking', 'sandbox-reasoning', 'sandbox-reasoning-details', 'sandbox-thought-signature' {
        $session = New-ChatSession
        $null = Invoke-ChatCompletion 'Please call Get-Culture.' -Model $_ -Tool Get-Culture -AllowTool Get-Culture -Session $session
        (Invoke-ChatCompletion 'And?' -Model $_ -Session $session).Text | Should -BeExactly 'You said: And?'
    }

    It 'is what the error asks for where it is missing' {
        $call = @{ role = 'assistant'; tool_calls = @(@{ id = 'c1'; function = @{ name = 'f'; arguments = '{}' } }) }
        Invoke-ChatCompletion -Message @{ role = 'user'; content = 'q' }, $call, @{ role = 'tool'; tool_call_id = 'c1'; content = 'ok' } -Model sandbox-reasoning-content -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        "$($failure.ErrorDetails)$($failure.Exception.RecommendedAction)" | Should -BeLike '*had thought*'
    }
}

Describe 'Words that services define' {
    BeforeAll {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
    }

    It 'are known: <Name> <Value>' -ForEach @(
        'none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max' | ForEach-Object { @{ Name = 'ReasoningEffort'; Value = $_ } }
        'auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast' | ForEach-Object { @{ Name = 'ServiceTier'; Value = $_ } }
        'low', 'medium', 'high' | ForEach-Object { @{ Name = 'Verbosity'; Value = $_ } }
        'in_memory', '24h' | ForEach-Object { @{ Name = 'PromptCacheRetention'; Value = $_ } }
    ) {
        $given = @{ $Name = $Value }
        (Invoke-ChatCompletion 'Hello' @given -WarningVariable warned -WarningAction SilentlyContinue).Text | Should -BeExactly 'You said: Hello'
        $warned | Should -BeNullOrEmpty
    }

    It 'are sent with one warning where they are not known: <_>' -ForEach 'ReasoningEffort', 'Verbosity', 'ServiceTier', 'PromptCacheRetention' {
        $given = @{ $_ = 'tomorrow' }
        'One', 'Two' | Invoke-ChatCompletion @given -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable failure
        $warned.Count | Should -Be 1
        "$warned" | Should -BeLike "-$($_): 'tomorrow'*"
        $failure.Count | Should -BeGreaterThan 0
        (Get-ChatSandboxRequest -Name Test -Last 1).Body | Should -BeLike '*tomorrow*'
    }

    It 'are those of the dialect, and nothing is said of what it refuses: <Dialect> <Name>' -ForEach @(
        @{ Dialect = 'Anthropic'; Name = 'ReasoningEffort'; Value = 'wonderful'; Says = '*Anthropic (none, low, medium, high, xhigh, max)*' }
        @{ Dialect = 'Anthropic'; Name = 'ServiceTier'; Value = 'gold'; Says = '*(auto, standard_only)*' }
        @{ Dialect = 'Gemini'; Name = 'ServiceTier'; Value = 'gold'; Says = '*(standard, flex, priority)*' }
        @{ Dialect = 'Anthropic'; Name = 'Verbosity'; Value = 'chatty'; Says = $null }
        @{ Dialect = 'Gemini'; Name = 'Verbosity'; Value = 'chatty'; Says = $null }
    ) {
        Connect-ChatService -Sandbox -Name Test -Dialect $Dialect -MaxRetry 0
        $given = @{ $Name = $Value }
        $null = Invoke-ChatCompletion 'Hello' @given -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable failure
        Connect-ChatService -Sandbox -Name Test -Dialect Responses -MaxRetry 0
        $failure.Count | Should -BeGreaterThan 0
        if ($Says) {
            $warned.Count | Should -Be 1
            "$warned" | Should -BeLike $Says
        }
        else {
            $warned | Should -BeNullOrEmpty
            "$failure" | Should -BeLike '*has no place for it*'
        }
    }

    It 'that say how to cache are sent as they are' {
        $null = Invoke-ChatCompletion 'Hello' -PromptCacheOption @{ mode = 'explicit'; ttl = '12h'; prewarm = $true }
        (Get-TestBody).prompt_cache_options.ttl | Should -BeExactly '12h'
    }

    It 'and more of the reasoning go together' {
        $null = Invoke-ChatCompletion 'Hello' -ReasoningEffort high -AdditionalBody @{ reasoning = @{ context = 'all_turns'; mode = 'pro' } }
        $sent = (Get-TestBody).reasoning
        $sent.effort, $sent.context, $sent.mode | Should -BeExactly 'high', 'all_turns', 'pro'
    }
}
