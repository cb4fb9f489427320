BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe '-FallbackModel' {
    BeforeEach {
        Connect-TestSandbox @{ Fault = @{ Model = 'broken' } }
    }

    It 'asks the next models in their order, and tells which had failed' {
        $answer = Invoke-ChatCompletion hi -Model broken -FallbackModel missing-model, sandbox-large, sandbox-mini
        $answer.Model | Should -Be 'sandbox-large'
        $answer.FallbackFrom | Should -Be 'broken', 'missing-model'
        (Get-TestRequest).Model | Should -Be 'broken', 'missing-model', 'sandbox-large'
    }

    It 'stays with one connection: a model of another is refused before anything is sent' {
        $name = "$((Get-ChatConnection).Name)/sandbox-large"
        foreach ($script in { Invoke-ChatCompletion hi -Model broken -FallbackModel $name }, { Invoke-ChatTextCompletion hi -FallbackModel sandbox-large, $name }) {
            $failure = @(Get-Failure $script)
            $failure.Count | Should -Be 1
            $failure[0].Exception.Message | Should -BeLike "-FallbackModel is '$name'*is a connection*"
        }

        @(Get-TestRequest).Count | Should -Be 0
        $null = Get-Failure { Invoke-ChatCompletion hi -Model broken -FallbackModel $name -Connection (Get-ChatConnection).Name }
        (Get-TestRequest).Model | Should -Be 'broken', $name
    }

    It 'asks nobody else where the first model answers' {
        $answer = Invoke-ChatCompletion hi -FallbackModel sandbox-large
        $answer.Model | Should -Be 'sandbox-mini'
        $answer.FallbackFrom.Count | Should -Be 0
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'comes after the retries' {
        Connect-TestSandbox @{ Fault = @{ Model = 'broken'; RetryAfterSec = 0 } }
        (Invoke-ChatCompletion hi -Model broken -FallbackModel sandbox-large -MaxRetry 2).Model | Should -Be 'sandbox-large'
        (Get-TestRequest).Model | Should -Be 'broken', 'broken', 'broken', 'sandbox-large'
    }

    It 'works with -Stream and -Show, and for text completions' {
        $pieces = Invoke-ChatCompletion hi -Model broken -FallbackModel sandbox-large -Stream
        $pieces[-1].Completion.FallbackFrom | Should -Be 'broken'
        (Invoke-ChatCompletion hi -Model broken -FallbackModel sandbox-large -Show 6>$null).Model | Should -Be 'sandbox-large'
        (Invoke-ChatTextCompletion hi -Model broken -FallbackModel sandbox-instruct).FallbackFrom | Should -Be 'broken'
    }

    It 'reports the failure of the last model, with the item' {
        $failure = Get-Failure { 'hi' | Invoke-ChatCompletion -Model broken -FallbackModel missing-model }
        $failure.Exception.ErrorId | Should -Be 'ModelNotFound'
        $failure.TargetObject | Should -Be 'hi'
    }

    It 'turns elsewhere only for the reasons of -FallbackOn' {
        (Get-Failure { Invoke-ChatCompletion hi -Model broken -FallbackModel sandbox-large -FallbackOn ModelNotFound }).Exception.ErrorId | Should -Be 'ServerError'
        (Invoke-ChatCompletion hi -Model missing-model -FallbackModel sandbox-large -FallbackOn modelnotfound, ContentFiltered).Model | Should -Be 'sandbox-large'
    }

    It 'takes a refusal of the content rules only where that was chosen' {
        Connect-TestSandbox @{ Fault = @{ Model = 'strict'; StatusCode = 400; ErrorCode = 'content_filter' } }
        (Get-Failure { Invoke-ChatCompletion hi -Model strict -FallbackModel sandbox-large }).Exception.ErrorId | Should -Be 'ContentFiltered'
        (Invoke-ChatCompletion hi -Model strict -FallbackModel sandbox-large -FallbackOn ContentFiltered).Model | Should -Be 'sandbox-large'
    }

    It 'is kept in a checkpoint, and may change between runs' {
        $path = Join-Path $TestDrive "$(New-Guid).jsonl"
        $first = 'a', 'b' | Invoke-ChatCompletion -Model broken -FallbackModel missing-model, sandbox-large -CheckpointPath $path
        $second = 'a', 'b', 'c' | Invoke-ChatCompletion -Model broken -FallbackModel sandbox-mini -CheckpointPath $path
        $second.Model | Should -Be 'sandbox-large', 'sandbox-large', 'sandbox-mini'
        $second[0..1].Id | Should -Be $first.Id
        $second[0].FallbackFrom | Should -Be 'broken', 'missing-model'
        $second[2].FallbackFrom | Should -Be 'broken'
    }

    It 'stays within the budget' {
        { [string[]](1..50) | Invoke-ChatCompletion -Model broken -FallbackModel sandbox-large -MaxTotalToken 100 | Out-Null } | Should -Throw -ErrorId 'BudgetExceeded*'
    }

    It 'counts the cost by the model that answered' {
        $answer = Invoke-ChatCompletion hi -Model broken -FallbackModel sandbox-large -PriceTable @{ 'sandbox-large' = 1000, 1000; broken = 1, 1 }
        $answer.Cost | Should -Be ($answer.Usage.TotalTokens / 1000)
    }

    It 'says with -Verbose why it turned elsewhere' {
        "$(Invoke-ChatCompletion hi -Model broken -FallbackModel sandbox-large -Verbose 4>&1)" | Should -BeLike '*broken: ServerError*'
    }

    It 'refuses -FallbackOn without models, and reasons that it does not know' {
        { Invoke-ChatCompletion hi -FallbackOn Failure } | Should -Throw -ErrorId 'InvalidRequest*'
        { Invoke-ChatCompletion hi -FallbackModel sandbox-large -FallbackOn Boredom } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}
