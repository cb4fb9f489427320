BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-Wrong {
        Connect-TestSandbox @{ RequireKey = 'sk-test-right' } @{ ApiKey = 'sk-test-wrong' }
    }
}

AfterAll {
    Clear-Test
}

Describe 'Failures that end a run' {
    It '<_> ends at the first wrong key, with one error' -ForEach 'Invoke-ChatCompletion', 'Invoke-ChatTextCompletion', 'Test-ChatModeration', 'Get-ChatEmbedding' {
        New-Wrong
        $failures = @(Get-Failure { [string[]](1..100) | & $_ })
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        $failures[0].TargetObject | Should -BeNullOrEmpty
        $failures[0].Exception.StatusCode | Should -Be 401
        Get-Advice $failures[0] | Should -BeLike '*Check the key of connection*-MaxFailure 0*'
        @(Get-TestRequest).Count | Should -BeLessOrEqual 9
    }

    It 'leaves the only item its own error' {
        New-Wrong
        $failure = @(Get-Failure { 'a' | Invoke-ChatCompletion })
        $failure.Count | Should -Be 1
        $failure[0].TargetObject | Should -Be 'a'
        { 'a' | Invoke-ChatCompletion -ErrorAction SilentlyContinue } | Should -Not -Throw
    }

    It 'goes on with -MaxFailure 0' {
        New-Wrong
        @(Get-Failure { [string[]](1..20) | Invoke-ChatCompletion -MaxFailure 0 }).Count | Should -Be 20
        @(Get-TestRequest).Count | Should -Be 20
    }

    It 'ends at as many failures as may be, and keeps the checkpoint' {
        $path = Join-Path $TestDrive 'few.jsonl'
        Connect-TestSandbox @{ Fault = @{ Every = 2; StatusCode = 400 } }
        $answers = [Collections.Generic.List[object]]::new()
        $caught = try { [string[]](1..50) | Invoke-ChatCompletion -MaxFailure 3 -ThrottleLimit 1 -CheckpointPath $path -ErrorAction SilentlyContinue | ForEach-Object { $answers.Add($_) } } catch { $_ }
        $caught.Exception.ErrorId | Should -Be 'TooManyFailures'
        "$caught" | Should -BeLike '3 of 6 items failed (-MaxFailure 3).*'
        $answers.Count | Should -Be 3

        Connect-TestSandbox
        @([string[]](1..6) | Invoke-ChatCompletion -CheckpointPath $path).Count | Should -Be 6
        @(Get-TestRequest).Count | Should -Be 3
    }

    It 'counts what remains after the fallback models' {
        Connect-TestSandbox 
        @([string[]](1..10) | Invoke-ChatCompletion -Model missing-model -FallbackModel sandbox-mini -MaxFailure 1).Count | Should -Be 10
    }

    It 'ends a job, and one that takes answers as they come' {
        New-Wrong
        $job = [string[]](1..50) | Invoke-ChatCompletion -AsJob
        $failures = @($job | Receive-Job -Wait -ErrorAction SilentlyContinue -ErrorVariable said; $said)
        $job.State | Should -Be 'Failed'
        $failures.Count | Should -Be 1
        $job | Remove-Job
        @(Get-Failure { [string[]](1..50) | Invoke-ChatCompletion -AsCompleted }).Count | Should -Be 1
    }

    It 'ends after ten requests that reach nobody' {
        Connect-ChatService http://127.0.0.1:9/v1 -Name Nobody -Model m -MaxRetry 0
        $failures = @(Get-Failure { [string[]](1..100) | Invoke-ChatCompletion -Connection Nobody -ThrottleLimit 2 })
        $failures.Count | Should -Be 10
        $failures[9].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $failures[9].TargetObject | Should -BeNullOrEmpty
        Disconnect-ChatService Nobody
    }

    It 'names -MaxFailure <_>, which cannot be' -ForEach '-1', '1.5', 'many', '150%' {
        Connect-TestSandbox
        { 'a' | Invoke-ChatCompletion -MaxFailure $_ } | Should -Throw "-MaxFailure is '$_'*"
        @(Get-TestRequest).Count | Should -Be 0
    }
}
