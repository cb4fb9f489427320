BeforeAll {
    . $PSScriptRoot/common.ps1
    $prices = @{ 'sandbox-mini' = @{ Input = 1000; Output = 10000 } }
}

AfterAll {
    Clear-Test
}

Describe '-PriceTable' {
    BeforeEach {
        Connect-TestSandbox
        Clear-ChatUsage
    }

    It 'calculates the cost of each answer and of the totals' {
        $answers = 'one', 'two three' | Invoke-ChatCompletion -PriceTable $prices
        foreach ($answer in $answers) {
            $answer.Cost | Should -BeOfType decimal
            $answer.Cost | Should -Be (($answer.Usage.InputTokens * 1000 + $answer.Usage.OutputTokens * 10000) / 1000000)
        }

        (Get-ChatUsage).Cost | Should -Be ($answers | Measure-Object Cost -Sum).Sum
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a hashtable of hashtables'; Table = { @{ 'sandbox-*' = @{ Input = 1000; Output = 10000 } } } }
        @{ What = 'a hashtable of arrays'; Table = { @{ 'sandbox-*' = 1000, 10000 } } }
        @{ What = 'rows'; Table = { [pscustomobject]@{ Model = '*'; Input = '1000'; Cached = '1000'; Output = '10000' } } }
        @{ What = 'a CSV file'; Table = { $file = Join-Path $TestDrive 'prices.csv'; Set-Content $file 'Model,Input,Output', 'sandbox-mini,1000,10000'; $file } }
    ) {
        $answer = Invoke-ChatCompletion hi -PriceTable (& $Table)
        $answer.Cost | Should -Be (($answer.Usage.InputTokens * 1000 + $answer.Usage.OutputTokens * 10000) / 1000000)
    }

    It 'gives no cost to a model without a price' {
        (Invoke-ChatCompletion hi -PriceTable @{ other = 1, 2 }).Cost | Should -BeNullOrEmpty
        $generic = [System.Collections.Generic.Dictionary[string, object]]::new()
        $generic['sandbox*'] = [System.Collections.Generic.Dictionary[string, int]]::new()
        $generic['sandbox*']['Input'] = 5
        $generic['sandbox*']['Output'] = 5
        (Invoke-ChatCompletion hi -PriceTable $generic).Cost | Should -BeGreaterThan 0
        (Invoke-ChatCompletion hi).Cost | Should -BeNullOrEmpty
    }

    It 'calculates the cost of streams and text completions' {
        $streamed = (Invoke-ChatCompletion hi -Stream -PriceTable $prices)[-1].Completion
        $streamed.Cost | Should -Be (($streamed.Usage.InputTokens * 1000 + $streamed.Usage.OutputTokens * 10000) / 1000000)
        (Invoke-ChatTextCompletion hi -PriceTable $prices).Cost | Should -BeGreaterThan 0
    }

    It 'refuses a table that cannot be, before anything is sent' {
        { Invoke-ChatCompletion hi -PriceTable @{ m = 'cheap' } } | Should -Throw -ErrorId 'InvalidRequest*'
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe '-MaxTotalToken and -MaxCost' {
    BeforeEach {
        Connect-TestSandbox
        $path = Join-Path $TestDrive "$(New-Guid).jsonl"
    }

    It 'ends the run before <Limit> would be exceeded, and says how far it came' -ForEach @(
        @{ Limit = '-MaxTotalToken'; With = @{ MaxTotalToken = 200 }; Words = '*of 200 tokens (-MaxTotalToken)*answers are there*' }
        @{ Limit = '-MaxCost'; With = @{ MaxCost = 1; PriceTable = @{ '*' = 1000, 10000 } }; Words = '*of 1 (-MaxCost)*answers are there*' }
    ) {
        $answers = [Collections.Generic.List[object]]::new()
        $failure = Get-Failure { [string[]](1..100) | Invoke-ChatCompletion @With | ForEach-Object { $answers.Add($_) } }
        @($failure).Count | Should -Be 1
        $failure.FullyQualifiedErrorId | Should -BeExactly 'BudgetExceeded,ChatPS.Commands.InvokeChatCompletionCommand'
        $failure.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        "$failure" | Should -BeLike $Words
        Get-Advice $failure | Should -BeLike '*-CheckpointPath*'
        $answers.Count | Should -BeIn (1..99)
        $answers.Input | Should -Be (1..$answers.Count)
        @(Get-TestRequest).Count | Should -Be $answers.Count -Because 'what was paid for comes out, and nothing more is asked'
        ($answers.Usage | Measure-Object TotalTokens -Sum).Sum | Should -BeLessOrEqual 200
        ($answers | Measure-Object Cost -Sum).Sum | Should -BeLessOrEqual 1
    }

    It 'gives the answers in flight before the error' {
        Connect-TestSandbox @{ LatencyMs = 200 }
        $answers = [Collections.Generic.List[object]]::new()
        { [string[]](1..50) | Invoke-ChatCompletion -MaxTokens 20 -MaxTotalToken 200 -ThrottleLimit 8 | ForEach-Object { $answers.Add($_) } } | Should -Throw -ErrorId 'BudgetExceeded*'
        $answers.Count | Should -Be @(Get-TestRequest).Count
    }

    It 'ends the script where errors stop, and can be caught' {
        $caught = try { [string[]](1..50) | Invoke-ChatCompletion -MaxTotalToken 60 | Out-Null } catch [ChatPS.ChatServiceException] { $_.Exception.ErrorId }
        $caught | Should -Be 'BudgetExceeded'
    }

    It 'counts what earlier runs of a checkpoint spent' {
        $first = [Collections.Generic.List[object]]::new()
        { [string[]](1..30) | Invoke-ChatCompletion -MaxTotalToken 60 -CheckpointPath $path -ThrottleLimit 2 | ForEach-Object { $first.Add($_) } } | Should -Throw -ErrorId 'BudgetExceeded*'
        $asked = @(Get-TestRequest).Count

        $again = [Collections.Generic.List[object]]::new()
        { [string[]](1..30) | Invoke-ChatCompletion -MaxTotalToken 60 -CheckpointPath $path -ThrottleLimit 2 | ForEach-Object { $again.Add($_) } } | Should -Throw -ErrorId 'BudgetExceeded*'
        $again.Id | Should -Be $first.Id
        @(Get-TestRequest).Count | Should -Be $asked

        $all = [string[]](1..30) | Invoke-ChatCompletion -MaxTotalToken 5000 -CheckpointPath $path
        $all.Count | Should -Be 30
        $all[0..($first.Count - 1)].Id | Should -Be $first.Id
        @(Get-TestRequest).Count | Should -Be 30
    }

    It 'counts a run with streams, and text completions' {
        { [string[]](1..50) | Invoke-ChatCompletion -Stream -MaxTotalToken 100 | Out-Null } | Should -Throw -ErrorId 'BudgetExceeded*'
        { [string[]](1..50) | Invoke-ChatTextCompletion -MaxTotalToken 100 | Out-Null } | Should -Throw -ErrorId 'BudgetExceeded*'
    }

    It 'starts anew with each command' {
        (1..2 | ForEach-Object { Invoke-ChatCompletion $_ -MaxTotalToken 40 }).Count | Should -Be 2
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = '-MaxTotalToken 0'; With = @{ MaxTotalToken = 0 }; Words = '*-MaxTotalToken*1 or more*' }
        @{ Name = '-MaxCost 0'; With = @{ MaxCost = 0; PriceTable = @{ '*' = 1, 1 } }; Words = '*-MaxCost*above 0*' }
        @{ Name = '-MaxCost without prices'; With = @{ MaxCost = 1 }; Words = '*-MaxCost needs prices*' }
        @{ Name = '-MaxCost for a model without a price'; With = @{ MaxCost = 1; PriceTable = @{ other = 1, 1 } }; Words = "*'sandbox-mini' has no price*" }
    ) {
        $failure = Get-Failure { Invoke-ChatCompletion hi @With }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike $Words
        @(Get-TestRequest).Count | Should -Be 0
    }
}
