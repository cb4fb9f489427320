BeforeAll {
    . $PSScriptRoot/common.ps1

    function Remove-TestJob {
        Get-Job | Where-Object PSJobTypeName -EQ ChatJob | Remove-Job -Force
    }
}

AfterAll {
    Remove-TestJob
    Clear-Test
}

Describe '-AsJob' {
    BeforeEach {
        Connect-TestSandbox
    }

    AfterEach {
        Remove-TestJob
    }

    It 'gives a job whose answers come in the order of the input' {
        $job = [string[]](1..20) | Invoke-ChatCompletion -AsJob
        $job | Should -BeOfType ([Management.Automation.Job])
        $answers = $job | Receive-Job -Wait
        $answers | Should -BeOfType ChatPS.ChatCompletion
        $answers.Input | Should -Be (1..20)
        $answers.Index | Should -Be (0..19)
        $job.State | Should -Be 'Completed'
        $job.HasMoreData | Should -BeFalse
        $job.ChildJobs.Count | Should -Be 0
    }

    It 'is a job of Get-Job, with what it does and how far it is' {
        $job = 'a', '', 'b' | Invoke-ChatCompletion -AsJob | Wait-Job
        $listed = Get-Job -Id $job.Id
        $listed.PSJobTypeName, $listed.Location, $listed.Command, $listed.State | Should -Be 'ChatJob', 'localhost', 'Invoke-ChatCompletion', 'Completed'
        $listed.Name | Should -Match '^Job\d+$'
        $listed.StatusMessage | Should -BeExactly '2 of 3 done, 1 failed'
        $listed.HasMoreData | Should -BeTrue
    }

    It 'keeps what was received with -Keep' {
        $job = 'a', 'b' | Invoke-ChatCompletion -AsJob | Wait-Job
        ($job | Receive-Job -Keep).Input | Should -Be 'a', 'b'
        ($job | Receive-Job).Input | Should -Be 'a', 'b'
        $job | Receive-Job | Should -BeNullOrEmpty
    }

    It 'has an error for each item that fails, with the item, and completes all the same' {
        Connect-TestSandbox @{ Fault = @{ Every = 3 } }
        $job = [string[]](1..9) | Invoke-ChatCompletion -AsJob -ThrottleLimit 1
        $answers = $job | Receive-Job -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Input | Should -Be 1, 2, 4, 5, 7, 8
        $failures.TargetObject | Should -Be 3, 6, 9
        $failures.Exception.ErrorId | Select-Object -Unique | Should -Be 'ServerError'
        $failures[0].CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        $job.State | Should -Be 'Completed'
    }

    It 'gives answers as they finish with -AsCompleted' {
        Connect-TestSandbox @{ Response = @{ Prompt = '1'; Response = { Start-Sleep -Milliseconds 400; 'slow' } } }
        ([string[]](1..6) | Invoke-ChatCompletion -AsJob -AsCompleted | Receive-Job -Wait).Input | Select-Object -Last 1 | Should -Be 1
    }

    It 'gives pieces with -Stream' {
        $pieces = 'a', 'b' | Invoke-ChatCompletion -AsJob -Stream | Receive-Job -Wait
        $pieces | Should -BeOfType ChatPS.ChatCompletionUpdate
        $pieces.Completion.Input | Should -Be 'a', 'b'
    }

    It 'writes verbose lines into the job' {
        $job = Invoke-ChatCompletion 'hi' -AsJob -Verbose | Wait-Job
        $job.Verbose.Count | Should -BeGreaterThan 0
    }

    It 'works for <_>' -ForEach 'Invoke-ChatTextCompletion', 'Test-ChatModeration', 'Get-ChatEmbedding' {
        ([string[]](1..40) | & $_ -AsJob | Receive-Job -Wait).Input | Should -Be (1..40)
    }

    It 'ends an empty job at once' {
        $job = @() | Invoke-ChatCompletion -AsJob | Wait-Job -Timeout 5
        $job.State | Should -Be 'Completed'
    }

    It 'goes on while the session does other things' {
        Connect-TestSandbox @{ LatencyMs = 100 }
        $job = [string[]](1..8) | Invoke-ChatCompletion -AsJob -ThrottleLimit 4
        $job.State | Should -Be 'Running'
        (Invoke-ChatCompletion 'meanwhile').Input | Should -Be 'meanwhile'
        ($job | Receive-Job -Wait).Count | Should -Be 8
    }

    It 'stops within a second and leaves no request behind' {
        Connect-TestSandbox @{ LatencyMs = 60000 }
        $job = [string[]](1..20) | Invoke-ChatCompletion -AsJob -ThrottleLimit 4
        Wait-Until { @(Get-TestRequest).Count -eq 4 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $job | Stop-Job
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $job.State | Should -Be 'Stopped'
        Wait-Until { @(Get-TestRequest | Where-Object Aborted).Count -eq 4 } 1
        @(Get-TestRequest).Count | Should -Be 4
        $job | Receive-Job | Should -BeNullOrEmpty
        { $job | Stop-Job } | Should -Not -Throw
    }

    It 'stops a stream within a second' {
        Connect-TestSandbox @{ ChunkDelayMs = 50 }
        $job = Invoke-ChatCompletion ('word ' * 2000) -AsJob -Stream
        Wait-Until { $job.HasMoreData }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $job | Stop-Job
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        Wait-Until { (Get-TestRequest).Aborted } 1
        ($job | Receive-Job).Text | Should -Not -BeNullOrEmpty -Because 'what had come stays'
    }

    It 'is stopped by Remove-Job -Force' {
        Connect-TestSandbox @{ LatencyMs = 60000 }
        $job = [string[]](1..20) | Invoke-ChatCompletion -AsJob
        Wait-Until { @(Get-TestRequest).Count -eq 8 }
        $job | Remove-Job -Force
        Get-Job | Where-Object Id -EQ $job.Id | Should -BeNullOrEmpty
        Wait-Until { @(Get-TestRequest | Where-Object Aborted).Count -eq 8 } 1
    }

    It 'tells its progress' {
        Connect-TestSandbox @{ LatencyMs = 250 }
        $job = [string[]](1..8) | Invoke-ChatCompletion -AsJob -ThrottleLimit 1 | Wait-Job
        $job.Progress.Count | Should -BeGreaterThan 0
        $job.Progress[0].Activity | Should -BeExactly 'Invoke-ChatCompletion'
        $job.Progress[0].StatusDescription | Should -Match '^[1-8] done, 0 failed, '
        $job.Progress[0].PercentComplete | Should -BeIn 12, 25, 37, 50, 62, 75, 87, 100
    }

    It 'refuses -Show, since a job has no screen' {
        $failure = Get-Failure { Invoke-ChatCompletion hi -AsJob -Show }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike '*-Show and -AsJob*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'carries an isolated connection along' {
        $shell = New-TestShell
        try {
            $uri = (Start-ChatSandbox -Name Alone).BaseUri
            $null = $shell.AddScript('param($Uri) Connect-ChatService $Uri -Name Alone -Model sandbox-large -Isolated').AddArgument($uri).Invoke()
            $shell.Commands.Clear()
            $job = $shell.AddScript('[string[]](1..3) | Invoke-ChatCompletion -AsJob').Invoke()[0]
            $answers = $job | Receive-Job -Wait
            $answers.Connection | Select-Object -Unique | Should -Be 'Alone'
            $answers.Model | Select-Object -Unique | Should -Be 'sandbox-large'
        }
        finally {
            $shell.Dispose()
            Stop-ChatSandbox Alone
        }
    }

    It 'runs in a thread job' {
        $answers = Start-ThreadJob { Import-Module $using:ModulePath; [string[]](1..5) | Invoke-ChatCompletion -AsJob | Receive-Job -Wait } | Receive-EndedJob
        $answers.Input | Should -Be (1..5)
    }

    It 'fails its open items with a clear error when its connection goes' {
        Connect-TestSandbox @{ LatencyMs = 60000 }
        $job = [string[]](1..3) | Invoke-ChatCompletion -AsJob -ThrottleLimit 1
        Wait-Until { @(Get-TestRequest).Count -eq 1 }
        Disconnect-ChatService Test
        $null = $job | Wait-Job -Timeout 5
        $null = $job | Receive-Job -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject | Should -Be 1, 2, 3
        $failures | ForEach-Object { Get-Advice $_ | Should -BeLike "*'Test'*" }
    }

    It 'closes the checkpoint at its end, and not before' {
        Connect-TestSandbox @{ LatencyMs = 300 }
        $path = Join-Path $TestDrive "$(New-Guid).jsonl"
        $job = [string[]](1..8) | Invoke-ChatCompletion -AsJob -CheckpointPath $path
        (Get-Failure { [string[]](1..8) | Invoke-ChatCompletion -CheckpointPath $path }).Exception.Message | Should -BeLike '*in use*'
        $answers = $job | Receive-Job -Wait
        ([string[]](1..8) | Invoke-ChatCompletion -CheckpointPath $path).Id | Should -Be $answers.Id
        @(Get-TestRequest).Count | Should -Be 8
    }

    It 'closes the checkpoint when it is stopped' {
        Connect-TestSandbox @{ LatencyMs = 60000 }
        $path = Join-Path $TestDrive "$(New-Guid).jsonl"
        $job = [string[]](1..8) | Invoke-ChatCompletion -AsJob -CheckpointPath $path
        Wait-Until { @(Get-TestRequest).Count -eq 8 }
        $job | Stop-Job
        Connect-TestSandbox
        ([string[]](1..8) | Invoke-ChatCompletion -CheckpointPath $path).Count | Should -Be 8
    }

    It 'fails when the budget is used up, with the error' {
        $job = [string[]](1..50) | Invoke-ChatCompletion -AsJob -MaxTotalToken 100 -ThrottleLimit 2
        $answers = $job | Receive-Job -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $job.State | Should -Be 'Failed'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        $answers.Count | Should -BeGreaterThan 0
        $answers.Input | Should -Be (1..$answers.Count)
        ($answers.Usage | Measure-Object TotalTokens -Sum).Sum | Should -BeLessOrEqual 100
    }

    It 'is refused before it starts where a parameter cannot be' {
        { 1 | Invoke-ChatCompletion -AsJob -Temperature 3 } | Should -Throw -ErrorId 'InvalidRequest*'
        Get-Job | Where-Object PSJobTypeName -EQ ChatJob | Should -BeNullOrEmpty
    }
}

Describe 'Ending a run early' {
    It 'leaves nothing running after <What>' -ForEach @(
        @{ What = 'Select-Object -First'; Run = { [string[]](1..40) | Invoke-ChatCompletion -ThrottleLimit 4 | Select-Object -First 5 } }
        @{ What = 'Select-Object -First with -AsCompleted'; Run = { [string[]](1..40) | Invoke-ChatCompletion -ThrottleLimit 4 -AsCompleted | Select-Object -First 5 } }
        @{ What = 'a throw downstream'; Run = { try { [string[]](1..40) | Invoke-ChatCompletion -ThrottleLimit 4 | ForEach-Object { $_; if ($_.Index -eq 4) { throw 'enough' } } } catch { Write-Debug "$_" } } }
        @{ What = 'a break downstream'; Run = { foreach ($once in 1) { [string[]](1..40) | Invoke-ChatCompletion -ThrottleLimit 4 | ForEach-Object { $_; if ($_.Index -eq 4) { break } } } } }
    ) {
        # An item after the fifth is never answered. It is named, since requests that are sent together can arrive in any order.
        Connect-TestSandbox @{ LatencyMs = 100; Fault = @{ Kind = 'Silence'; Prompt = '6' } }
        @(& $Run).Count | Should -Be 5
        Wait-Until { @(Get-TestRequest).Prompt -contains '6' }
        $asked = @(Get-TestRequest).Count
        $asked | Should -BeIn (6..12)
        Wait-Until { -not (Get-TestRequest | Where-Object { $_.StatusCode -eq 0 -and -not $_.Aborted }) } 1
        @(Get-TestRequest | Where-Object Aborted).Count | Should -BeGreaterThan 0
        @(Get-TestRequest).Count | Should -Be $asked
    }

    It 'leaves nothing running a second after Ctrl+C' {
        Connect-TestSandbox @{ LatencyMs = 60000 }
        $shell = New-TestShell
        try {
            $running = $shell.AddScript('[string[]](1..40) | Invoke-ChatCompletion -ThrottleLimit 4').BeginInvoke()
            Wait-Until { @(Get-TestRequest).Count -eq 4 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
            Wait-Until { @(Get-TestRequest | Where-Object Aborted).Count -eq 4 } 1
            $running.IsCompleted | Should -BeTrue
            @(Get-TestRequest).Count | Should -Be 4
        }
        finally {
            $shell.Dispose()
        }
    }
}
