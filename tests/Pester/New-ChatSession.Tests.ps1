BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'New-ChatSession' {
    It 'makes an empty session' {
        $session = New-ChatSession
        $session | Should -BeOfType ChatPS.ChatSession
        $session.Name | Should -BeLike 'Session-????????'
        $session.Messages.Count, $session.Usage.Requests | Should -Be 0, 0
        "$session" | Should -BeLike 'Session-* (0 messages)'
    }

    It 'takes what belongs to it' {
        $session = New-ChatSession 'Be brief.' -Name N -Model m -Connection c -Message 'Hi', @{ role = 'assistant'; content = 'Ho' } -Tool Get-Date -MaxMessage 3 -MaxToken 99 -Parameter @{ temperature = 0.5; top_p = 1 }
        $session.System, $session.Name, $session.Model, $session.Connection, $session.MaxMessage, $session.MaxToken | Should -Be 'Be brief.', 'N', 'm', 'c', 3, 99
        $session.Messages.Role | Should -Be 'user', 'assistant'
        $session.Parameters.Temperature, $session.Parameters.TopP | Should -Be 0.5, 1
        $session.Tools | Should -Be 'Get-Date'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an unknown parameter'; Arguments = @{ Parameter = @{ Temprature = 1 } }; Says = '*Temprature*' }
        @{ What = 'a value that does not fit'; Arguments = @{ Parameter = @{ Temperature = 'hot' } }; Says = "*'hot' does not fit -Temperature*" }
        @{ What = 'a boolean for a number'; Arguments = @{ Parameter = @{ N = $true } }; Says = '*does not fit -N*' }
        @{ What = 'a value outside a set'; Arguments = @{ Parameter = @{ SchemaMode = 'None' } }; Says = '*does not fit -SchemaMode*' }
        @{ What = 'what it has itself'; Arguments = @{ Parameter = @{ Model = 'm' } }; Says = '*-Model*' }
        @{ What = 'headers, which may hold keys'; Arguments = @{ Parameter = @{ AdditionalHeader = @{ 'api-key' = 'sk-test-1' } } }; Says = '*does not hold*' }
        @{ What = 'approval of tools'; Arguments = @{ Parameter = @{ ToolApproval = 'Auto' } }; Says = '*does not hold*' }
        @{ What = 'a limit of 0'; Arguments = @{ MaxMessage = 0 }; Says = '*-MaxMessage is 0*' }
    ) {
        $failure = Get-Failure { New-ChatSession @Arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Says
        "$failure" | Should -Not -BeLike '*sk-test*'
    }
}

Describe 'Invoke-ChatCompletion -Session' {
    BeforeEach {
        $null = Connect-TestSandbox
    }

    It 'goes on from command to command' {
        $session = New-ChatSession 'Be brief.'
        $null = Invoke-ChatCompletion -Session $session 'one'
        $null = Invoke-ChatCompletion -Session $session 'two'
        $session.Messages.Role | Should -Be 'user', 'assistant', 'user', 'assistant'
        (Get-TestBody).messages.role | Should -Be 'system', 'user', 'assistant', 'user'
        $session.Usage.Requests | Should -Be 2
        $session.Usage.TotalTokens | Should -BeGreaterThan 0
        $session.LastUsed | Should -Not -BeNullOrEmpty
    }

    It 'takes the items of a pipeline one after the other' {
        $session = New-ChatSession
        'one', 'two', 'three' | Invoke-ChatCompletion -Session $session | ForEach-Object { $_.Messages.Count } | Should -Be 2, 4, 6
    }

    It 'keeps a streamed answer' {
        $session = New-ChatSession
        $null = Invoke-ChatCompletion -Session $session 'one' -Stream
        $session.Messages.Role | Should -Be 'user', 'assistant'
    }

    It 'takes messages, and all items in one' {
        $session = New-ChatSession
        $null = Invoke-ChatCompletion -Session $session -Message 'one', @{ role = 'assistant'; content = 'x' }, 'two'
        $null = 'a', 'b' | Invoke-ChatCompletion -Session $session 'Join' -Aggregate
        $session.Messages.Role | Should -Be 'user', 'assistant', 'user', 'assistant', 'user', 'assistant'
    }

    It 'uses what the session holds, and the command wins' {
        $session = New-ChatSession 'Old.' -Model sandbox-large -Parameter @{ Temperature = 0.5; MaxCompletionTokens = 50 }
        $null = Invoke-ChatCompletion -Session $session 'one'
        (Get-TestBody).model, (Get-TestBody).temperature, (Get-TestBody).max_completion_tokens | Should -Be 'sandbox-large', 0.5, 50
        $null = Invoke-ChatCompletion -Session $session 'two' -Temperature 1 -Model sandbox-mini -System 'New.'
        (Get-TestBody).model, (Get-TestBody).temperature, (Get-TestBody).max_completion_tokens | Should -Be 'sandbox-mini', 1, 50
        (Get-TestBody).messages[0].content | Should -Be 'New.'
        $session.System | Should -Be 'Old.'
    }

    It 'reads no file that the session names' {
        $schema, $prices = (Join-Path $TestDrive 'schema.json'), (Join-Path $TestDrive 'prices.csv')
        Set-Content $schema '{"type":"object","properties":{"hush":{"type":"string"}}}'
        Set-Content $prices "Model,Input,Output`nhush,hush,hush"
        foreach ($case in @{ OutputSchema = $schema }, @{ PriceTable = $prices }) {
            $name = "$($case.Keys)"
            $failure = Get-Failure { Invoke-ChatCompletion -Session (New-ChatSession -Parameter $case) 'x' }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
            Get-Advice $failure | Should -BeLike "*'$($case.$name)' is a file*Give -$name to Invoke-ChatCompletion itself*"
            Get-Advice $failure | Should -Not -BeLike '*hush*'
        }

        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'holds a schema, prices and what is said of runs' {
        $session = New-ChatSession -Parameter @{ OutputSchema = 'name'; PriceTable = @{ '*' = 1, 2 }; MaxRetry = 0; TimeoutSec = 20; MaxCost = 5; FallbackModel = 'sandbox-large'; FileId = 'file-1' }
        (Invoke-ChatCompletion -Session $session 'x').psobject.Properties.Name | Should -Be 'name'
        $session.Usage.Cost | Should -BeGreaterThan 0
    }

    It 'stays as it was when the answer fails' {
        $session = New-ChatSession -Message 'one', @{ role = 'assistant'; content = 'x' }
        $null = Invoke-ChatCompletion -Session $session 'two' -Model no-such-model -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure | Should -Not -BeNullOrEmpty
        $session.Messages.Count, $session.Usage.Requests | Should -Be 2, 0
        (Invoke-ChatCompletion -Session $session 'three').Messages.Count | Should -Be 4
    }

    It 'leaves out the oldest before it sends' {
        $session = New-ChatSession 'Be brief.' -MaxMessage 3
        'one', 'two', 'three' | Invoke-ChatCompletion -Session $session | Out-Null
        (Get-TestBody).messages.role | Should -Be 'system', 'user', 'assistant', 'user'
        (Get-TestBody).messages[1].content | Should -Be 'two'
    }

    It 'goes on in a job' {
        $session = New-ChatSession
        $null = 'one', 'two' | Invoke-ChatCompletion -Session $session -AsJob | Receive-EndedJob
        $session.Messages.Count | Should -Be 4
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'prompts side by side'; Script = { Invoke-ChatCompletion -Session $session 'x' -ThrottleLimit 4 }; Says = '*-ThrottleLimit is 4*' }
        @{ What = 'a checkpoint'; Script = { Invoke-ChatCompletion -Session $session 'x' -CheckpointPath (Join-Path $TestDrive 'c') }; Says = '*-CheckpointPath*' }
        @{ What = 'a piped answer'; Script = { Invoke-ChatCompletion 'x' | Invoke-ChatCompletion 'y' -Session $session }; Says = '*An answer was piped in*' }
        @{ What = 'a tool that is no command'; Script = { Invoke-ChatCompletion 'x' -Session (New-ChatSession -Tool 'Remove-Item x; y') }; Says = '*no cmdlet or function*' }
    ) {
        $session = New-ChatSession
        $failure = @(Get-Failure $Script)[-1]
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Says
        $session.Messages.Count | Should -Be 0
    }
}
