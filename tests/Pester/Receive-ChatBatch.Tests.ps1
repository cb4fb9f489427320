BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-BatchPath { Join-Path $TestDrive "$([guid]::NewGuid()).json" }

    # All of an answer but what a batch cannot have as a live call has it: ids, times, costs.
    function Get-Plain($Answer) {
        $Answer | Select-Object * -ExcludeProperty Id, Created, Elapsed, RequestId, Raw, Cost, SystemFingerprint | ConvertTo-Json -Depth 8
    }
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ ChatJob | Remove-Job -Force
    Clear-Test
}

Describe 'Receive-ChatBatch' {
    BeforeEach {
        Connect-TestSandbox
        Clear-ChatUsage
        $path = New-BatchPath
    }

    It 'gives the very objects of live calls, in the order of the input' {
        $items = 1..9 | ForEach-Object { "town $_" }
        $live = $items | Invoke-ChatCompletion 'Say' -Temperature 0
        $batch = $items | Start-ChatBatch 'Say' -Temperature 0 -Path $path | Wait-ChatBatch
        $answers = $batch | Receive-ChatBatch
        $answers | Should -BeOfType ChatPS.ChatCompletion
        $answers.Input | Should -Be $items
        $answers.Index | Should -Be (0..8)
        for ($i = 0; $i -lt 9; $i++) {
            Get-Plain $answers[$i] | Should -Be (Get-Plain $live[$i])
        }

        (Receive-ChatBatch $path).Text | Should -Be $live.Text -Because 'it can be received again'
    }

    It 'gives rows as they were piped in, and their answers merged' {
        $rows = @([pscustomobject]@{ Id = 7; Town = 'Riga' }, [pscustomobject]@{ Id = 8; Town = 'Oslo' })
        $merged = $rows | Start-ChatBatch 'Describe' -OutputSchema 'name, age int' -Merge -Path $path | Wait-ChatBatch | Receive-ChatBatch
        $merged.Id | Should -Be 7, 8
        $merged.Town | Should -Be 'Riga', 'Oslo'
        $merged[0].PSObject.Properties.Name | Should -Be 'Id', 'Town', 'name', 'age'
        $merged[0].age | Should -BeOfType int
    }

    It 'gives what failed as errors with their items, and the others all the same' {
        $items = 'one', 'two [fail]', 'three [expire]', 'four [cancel]', 'five [lose]', 'six'
        $answers = $items | Start-ChatBatch -Path $path | Wait-ChatBatch | Receive-ChatBatch -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Input | Should -Be 'one', 'six'
        $failures.TargetObject | Should -Be 'two [fail]', 'three [expire]', 'four [cancel]', 'five [lose]'
        $failures.Exception.ErrorId | Should -Be InvalidRequest, Timeout, Timeout, BadResponse
        $failures.Exception.Index | Should -Be 1, 2, 3, 4
        $failures[1, 2].Exception.ServiceCode | Should -Be batch_expired, batch_cancelled
        @(Get-Failure { Receive-ChatBatch $path -MaxFailure 2 -ErrorAction SilentlyContinue })[-1].FullyQualifiedErrorId | Should -BeLike 'TooManyFailures*'
    }

    It 'needs a batch that is done, or waits, or takes what is there' {
        $null = 'one', 'two' | Start-ChatBatch -Path $path
        $failure = @(Get-Failure { Receive-ChatBatch $path })[0]
        "$failure" | Should -BeLike '*is not done: 0 of 1 part is.*'
        Get-Advice $failure | Should -BeLike '*-Wait*-Partial*'
        Receive-ChatBatch $path -Partial -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*2 requests*no answer yet*'
        (Receive-ChatBatch $path -Wait).Input | Should -Be 'one', 'two'
        @(Get-Failure { Receive-ChatBatch $path -Wait -Partial }).Count | Should -Be 1
    }

    It 'enters tokens and cost once, at the prices of a batch' {
        $prices = @{ 'sandbox-*' = @{ Input = 2; Output = 6; BatchOutput = 1 } }
        $null = 'one', 'two' | Start-ChatBatch -Path $path | Wait-ChatBatch
        $answers = Receive-ChatBatch $path -PriceTable $prices
        $usage = $answers[0].Usage
        $answers[0].Cost | Should -Be (($usage.InputTokens + $usage.OutputTokens) / 1e6)
        $null = Receive-ChatBatch $path -PriceTable $prices
        $total = Get-ChatUsage -Model sandbox-*
        $total.Requests | Should -Be 2
        $total.Cost | Should -Be ($answers | Measure-Object Cost -Sum).Sum
        (Get-ChatUsage -Model sandbox-* -PriceTable $prices).Cost | Should -Be $total.Cost
    }

    It 'has what -RetryFailed of Start-ChatBatch asked again, and not what was wrong itself' {
        $null = 'one', 'two [fail]', 'three [expire]' | Start-ChatBatch -Path $path | Wait-ChatBatch
        $again = Start-ChatBatch -Path $path -RetryFailed -WarningVariable warnings -WarningAction SilentlyContinue
        $again.Parts.Total | Should -Be 3, 1
        "$warnings" | Should -BeLike '*1 request*not asked again*'
        $answers = Receive-ChatBatch $path -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Input | Should -Be 'one'
        $failures.TargetObject | Should -Be 'two [fail]', 'three [expire]'
        @(Get-Failure { 'x' | Start-ChatBatch -Path $path -RetryFailed }).Count | Should -Be 1
    }

    It 'fetches results once' {
        $null = 'one', 'two' | Start-ChatBatch -Path $path | Wait-ChatBatch
        $null = Receive-ChatBatch $path
        $before = @(Get-TestRequest).Count
        $null = Receive-ChatBatch $path
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'fills the checkpoint of a live run, which asks only for the rest' {
        $checkpoint = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $null = 'one', 'two [fail]', 'one' | Start-ChatBatch 'Say' -Temperature 0 -Path $path | Wait-ChatBatch
        $batched = Receive-ChatBatch $path -CheckpointPath $checkpoint -ErrorAction SilentlyContinue
        $lines = @(Get-Content $checkpoint).Count
        $null = Receive-ChatBatch $path -CheckpointPath $checkpoint -ErrorAction SilentlyContinue
        @(Get-Content $checkpoint).Count | Should -Be $lines -Because 'nothing is stored twice'
        Clear-ChatUsage
        $answers = 'one', 'two [fail]', 'one', 'three' | Invoke-ChatCompletion 'Say' -Temperature 0 -CheckpointPath $checkpoint
        $answers.Input | Should -Be 'one', 'two [fail]', 'one', 'three'
        $answers[0, 2].Id | Should -Be $batched.Id
        (Get-ChatUsage).Requests | Should -Be 2
    }

    It 'ends at once where nobody wants the rest, and lets others work on the batch' {
        $null = 1..50 | ForEach-Object { "item $_" } | Start-ChatBatch -Path $path | Wait-ChatBatch
        (Receive-ChatBatch $path | Select-Object -First 2).Input | Should -Be 'item 1', 'item 2'
        @(Receive-ChatBatch $path).Count | Should -Be 50
        @(Receive-ChatBatch $path -AsCompleted).Count | Should -Be 50
    }

    It 'needs the file alone on another machine, and says what is missing there' {
        $rows = @([pscustomobject]@{ Id = 7; Town = 'Riga' }, [pscustomobject]@{ Id = 8; Town = 'Oslo' })
        $null = $rows | Start-ChatBatch 'Describe' -OutputSchema 'name' -Merge -Path $path | Wait-ChatBatch
        $elsewhere = New-BatchPath
        Copy-Item $path $elsewhere
        $answers = Receive-ChatBatch $elsewhere -WarningVariable warnings -WarningAction SilentlyContinue
        @($answers.name).Count | Should -Be 2
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike '*cannot be merged*'

        $path = New-BatchPath
        $null = 'one', 'two [fail]', 'three' | Start-ChatBatch -Path $path | Wait-ChatBatch
        Copy-Item $path $elsewhere -Force
        Remove-Item "$elsewhere.data" -Recurse
        $answers = Receive-ChatBatch $elsewhere -ErrorVariable failures -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $answers.Index | Should -Be 0, 2
        $failures.Exception.Index | Should -Be 1
        $warnings | Should -BeNullOrEmpty
    }

    It 'works as a job' {
        $null = 'one', 'two [fail]' | Start-ChatBatch -Path $path
        $job = Receive-ChatBatch $path -Wait -AsJob
        $received = $job | Wait-Job | Receive-Job -ErrorVariable failures -ErrorAction SilentlyContinue
        $received.Input | Should -Be 'one'
        $failures.TargetObject | Should -Be 'two [fail]'
    }

    It 'refuses what is no batch: <What>' -ForEach @(
        @{ What = 'a path without a file'; Script = { Receive-ChatBatch (New-BatchPath) }; Says = '*there is no batch*' }
        @{ What = 'a number'; Script = { 7 | Receive-ChatBatch }; Says = "*'7' is no batch*" }
        @{ What = 'a batch of another program'; Script = { [ChatPS.ChatBatch]::new() | Receive-ChatBatch }; Says = '*another program*' }
        @{ What = 'nothing'; Script = { $null | Receive-ChatBatch }; Says = '*is no batch*' }
    ) {
        "$(@(Get-Failure $Script)[0])" | Should -BeLike $Says
    }

    It 'gives vectors, moderations and text completions as their commands do: <For>' -ForEach @(
        @{ For = 'Embedding'; Live = { 'a fox', 'a hen' | Get-ChatEmbedding }; More = @{}; Member = 'Vector' }
        @{ For = 'Moderation'; Live = { 'a fox', 'a hen' | Test-ChatModeration -Model omni-moderation }; More = @{ Model = 'omni-moderation' }; Member = 'Flagged' }
        @{ For = 'TextCompletion'; Live = { 'a fox', 'a hen' | Invoke-ChatTextCompletion }; More = @{}; Member = 'Text' }
    ) {
        $live = & $Live
        $answers = 'a fox', 'a hen' | Start-ChatBatch -For $For -Path $path @More | Wait-ChatBatch | Receive-ChatBatch
        $answers[0].GetType() | Should -Be $live[0].GetType()
        $answers.Input | Should -Be 'a fox', 'a hen'
        $answers.$Member | Should -Be $live.$Member
    }
}
