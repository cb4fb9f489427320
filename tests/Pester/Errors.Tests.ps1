BeforeDiscovery {
    $faults = @(
        @{ What = 'a wrong key'; Fault = 401; Id = 'AuthenticationFailed'; Category = 'AuthenticationError' }
        @{ What = 'a key without the right'; Fault = 403; Id = 'AuthenticationFailed'; Category = 'AuthenticationError' }
        @{ What = 'a missing model'; Fault = 404; Id = 'ModelNotFound'; Category = 'ObjectNotFound' }
        @{ What = 'too many requests'; Fault = @{ StatusCode = 429; RetryAfterSec = 0.01 }; Id = 'RateLimited'; Category = 'LimitsExceeded' }
        @{ What = 'an empty account'; Fault = @{ StatusCode = 429; ErrorCode = 'insufficient_quota' }; Id = 'QuotaExceeded'; Category = 'QuotaExceeded' }
        @{ What = 'too long a conversation'; Fault = @{ StatusCode = 400; ErrorCode = 'context_length_exceeded' }; Id = 'ContextTooLong'; Category = 'LimitsExceeded' }
        @{ What = 'a content filter'; Fault = @{ StatusCode = 400; ErrorCode = 'content_filter' }; Id = 'ContentFiltered'; Category = 'PermissionDenied' }
        @{ What = 'a bad request'; Fault = 400; Id = 'InvalidRequest'; Category = 'InvalidArgument' }
        @{ What = 'a failing server'; Fault = 500; Id = 'ServerError'; Category = 'ResourceUnavailable' }
        @{ What = 'an overloaded server'; Fault = 503; Id = 'ServerError'; Category = 'ResourceUnavailable' }
        @{ What = 'a reset'; Fault = 'Reset'; Id = 'ConnectionFailed'; Category = 'ConnectionError' }
        @{ What = 'silence'; Fault = 'Silence'; Id = 'Timeout'; Category = 'OperationTimeout'; TimeoutSec = 0.3 }
        @{ What = 'an answer that stops coming'; Fault = 'Stall'; Id = 'Timeout'; Category = 'OperationTimeout'; TimeoutSec = 0.3 }
        @{ What = 'malformed JSON'; Fault = 'MalformedJson'; Id = 'BadResponse'; Category = 'InvalidResult' }
        @{ What = 'an empty body'; Fault = 'EmptyBody'; Id = 'BadResponse'; Category = 'InvalidResult' }
        @{ What = 'a web page'; Fault = @{ Kind = 'HtmlPage'; StatusCode = 200 }; Id = 'BadResponse'; Category = 'InvalidResult' }
        @{ What = 'the web page of a proxy'; Fault = @{ Kind = 'HtmlPage'; StatusCode = 502 }; Id = 'ServerError'; Category = 'ResourceUnavailable' }
        @{ What = 'an error under status 200'; Fault = 'ErrorEvent'; Id = 'ServerError'; Category = 'ResourceUnavailable' }
        @{ What = 'an answer that is cut short'; Fault = 'TruncatedStream'; Id = 'ConnectionFailed', 'BadResponse'; Category = 'ConnectionError', 'InvalidResult' }
    )
    $streamFaults = @(
        @{ What = 'a cut'; Fault = 'TruncatedStream'; Id = 'StreamTruncated'; Category = 'ReadError' }
        @{ What = 'a reset'; Fault = 'ResetMidStream'; Id = 'StreamTruncated'; Category = 'ReadError' }
        @{ What = 'an error event'; Fault = 'ErrorEvent'; Id = 'ServerError'; Category = 'ResourceUnavailable' }
        @{ What = 'malformed JSON'; Fault = 'MalformedJson'; Id = 'BadResponse'; Category = 'InvalidResult' }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'A failure' {
    It 'by <What> is <Id>' -ForEach $faults {
        $limit = if ($_.ContainsKey('TimeoutSec')) { $TimeoutSec } else { 20 }
        Connect-TestSandbox @{ Fault = $Fault } @{ TimeoutSec = $limit }
        foreach ($command in { 'item' | Invoke-ChatCompletion }, { 'item' | Invoke-ChatTextCompletion }, { 'item' | Test-ChatModeration }, { 'item' | Get-ChatModel }) {
            $failure = @(Get-Failure $command)
            $failure.Count | Should -Be 1 -Because "$command fails once"
            ($failure[0].FullyQualifiedErrorId -split ',')[0] | Should -BeIn $Id -Because "$command"
            $failure[0].CategoryInfo.Category | Should -BeIn $Category
            $failure[0].TargetObject | Should -Be 'item'
            $failure[0].Exception | Should -BeOfType ChatPS.ChatServiceException
            $failure[0].Exception.Attempts | Should -BeGreaterOrEqual 1
            $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
    }

    It 'by an answer that is larger than allowed is BadResponse, and the rest is not waited for' {
        Connect-TestSandbox @{ Response = 'x' * 40MB } @{ MaxResponseSizeMB = 2 }
        foreach ($command in { Invoke-ChatCompletion hi }, { Invoke-ChatCompletion hi -Stream }) {
            $failure = @(Get-Failure $command)[-1]
            $failure.FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
            "$failure" | Should -BeLike '*more than 2 MB*'
        }

        Wait-Until { (Get-TestRequest).Aborted -notcontains $false }
    }

    It 'carries status, code, request id and body of the service' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 429; RetryAfterSec = 2; ErrorMessage = 'Slow down.' } }
        $failure = @(Get-Failure { Invoke-ChatCompletion hi })[0]
        $failure.Exception.StatusCode | Should -Be 429
        $failure.Exception.ServiceCode | Should -Be 'rate_limit_exceeded'
        $failure.Exception.RequestId | Should -BeLike 'req_sandbox_*'
        $failure.Exception.RetryAfter.TotalSeconds | Should -Be 2
        $failure.Exception.ResponseBody | Should -BeLike '*Slow down.*'
        "$failure" | Should -BeLike '*Slow down.*req_sandbox_*'
    }

    It 'leaves the other items alone' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 500; Every = 2 } }
        $answers = 'a', 'b', 'c', 'd' | Invoke-ChatCompletion -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failure
        $answers.Input | Should -Be 'a', 'c'
        $failure.Count | Should -Be 2 -Because 'one record belongs to each failure'
        $failure.TargetObject | Should -Be 'b', 'd'
    }

    It 'has the piped object itself as its target' {
        Connect-TestSandbox @{ Fault = 500 }
        $row = [pscustomobject]@{ Prompt = 'hi'; Number = 7 }
        (Get-Failure { $row | Invoke-ChatCompletion }).TargetObject.Number | Should -Be 7
    }

    It 'ends the command with -ErrorAction Stop' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 500; Times = 1 } }
        { 'a', 'b' | Invoke-ChatCompletion -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw -ErrorId 'ServerError,*'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'is one error, and one in -ErrorVariable, also when it ends the command' {
        Connect-TestSandbox
        try {
            Invoke-ChatCompletion hi -Temperature 3 -ErrorVariable failure
        }
        catch {
            $caught = $_
        }

        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure.Count | Should -Be 1
    }

    It 'can be caught by type' {
        Connect-TestSandbox @{ Fault = 401 }
        $id = try { Invoke-ChatCompletion hi -ErrorAction Stop } catch [ChatPS.ChatServiceException] { $_.Exception.ErrorId }
        $id | Should -Be 'AuthenticationFailed'
    }

    It 'names the model that does not exist' {
        Connect-TestSandbox
        $failure = @(Get-Failure { Invoke-ChatCompletion hi -Model missing-model })[0]
        $failure.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        Get-Advice $failure | Should -BeLike '*missing-model*Get-ChatModel*'
    }

    It 'is ConnectionFailed where nothing listens' {
        Connect-TestSandbox
        Stop-ChatSandbox Test
        (Get-Failure { Invoke-ChatCompletion hi }).FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
    }

    It 'of a redirect never sends the key on' {
        $null = Start-ChatSandbox Elsewhere
        Connect-TestSandbox @{ Response = @{ StatusCode = 307; Response = @{ a = 1 } } } @{ ApiKey = 'sk-test-1' }
        (Get-Failure { Invoke-ChatCompletion hi }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-ChatSandboxRequest Elsewhere | Should -BeNullOrEmpty
        Stop-ChatSandbox Elsewhere
    }
}

Describe 'Trying again' {
    It 'succeeds after 429 twice' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 429; RetryAfterSec = 0.01; Times = 2 } } @{ MaxRetry = 2 }
        (Invoke-ChatCompletion hi).Text | Should -Be 'You said: hi'
        (Get-TestRequest).StatusCode | Should -Be 429, 429, 200
    }

    It 'succeeds after a reset' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Reset'; Times = 1 } } @{ MaxRetry = 2 }
        (Invoke-ChatCompletion hi).Text | Should -Be 'You said: hi'
    }

    It 'waits as long as the service asks' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 429; RetryAfterSec = 0.4; Times = 1 } } @{ MaxRetry = 2 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Invoke-ChatCompletion hi
        $watch.Elapsed.TotalMilliseconds | Should -BeGreaterOrEqual 390
    }

    It 'gives up on 500 forever' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 500; RetryAfterSec = 0.01 } }
        $failure = @(Get-Failure { Invoke-ChatCompletion hi -MaxRetry 3 })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        $failure[0].Exception.Attempts | Should -Be 4
        @(Get-TestRequest).Count | Should -Be 4
    }

    It 'happens twice by default' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 503; RetryAfterSec = 0.01 } }
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test -Model sandbox-mini
        $null = Get-Failure { Invoke-ChatCompletion hi }
        @(Get-TestRequest).Count | Should -Be 3
    }

    It 'does not happen for <What>' -ForEach @(
        @{ What = 'an empty account'; Fault = @{ StatusCode = 429; ErrorCode = 'insufficient_quota' } }
        @{ What = 'a wrong key'; Fault = 401 }
        @{ What = 'a bad request'; Fault = 400 }
    ) {
        Connect-TestSandbox @{ Fault = $Fault } @{ MaxRetry = 2 }
        $null = Get-Failure { Invoke-ChatCompletion hi }
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'does not happen once a stream has begun' {
        Connect-TestSandbox @{ Fault = 'ResetMidStream' } @{ MaxRetry = 2 }
        $null = Get-Failure { Invoke-ChatCompletion 'one two three' -Stream }
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'is told with -Verbose' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 429; RetryAfterSec = 0.01; Times = 1 } } @{ MaxRetry = 2 }
        $lines = (Invoke-ChatCompletion hi -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }) -join "`n"
        $lines | Should -BeLike '*attempt 1 of 3*429*trying again*attempt 2 of 3*200*'
    }
}

Describe 'A stream that fails' {
    It 'by <What> is <Id>, and keeps what had arrived' -ForEach $streamFaults {
        Connect-TestSandbox @{ Fault = $Fault }
        foreach ($name in 'Invoke-ChatCompletion', 'Invoke-ChatTextCompletion') {
            $updates = & $name 'one two three four' -Stream -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure.Count | Should -Be 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $failure[0].CategoryInfo.Category | Should -Be $Category
            $failure[0].TargetObject | Should -Be 'one two three four'
            $failure[0].Exception.PartialText | Should -Not -BeNullOrEmpty
            -join $updates.Text | Should -BeExactly $failure[0].Exception.PartialText
            'You said: one two three four' | Should -BeLike "$($failure[0].Exception.PartialText)*"
            $updates | Where-Object Completion | Should -BeNullOrEmpty
        }
    }

    It 'by silence is Timeout' {
        Connect-TestSandbox @{ ChunkDelayMs = 5000 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $failure = @(Get-Failure { Invoke-ChatCompletion 'one two three' -Stream -TimeoutSec 0.3 })
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
    }

    It 'is no time-out as long as pieces come' {
        Connect-TestSandbox @{ ChunkDelayMs = 100 }
        (Invoke-ChatCompletion 'one two three four' -Stream -TimeoutSec 0.5)[-1].Completion.Text | Should -Be 'You said: one two three four'
    }
}

Describe 'An error of a run' {
    It 'names its item, and how often and how long it was tried' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 503; Prompt = 'bad*' } } @{ MaxRetry = 1 }
        $errors = $null
        $null = 'good', "bad$([char]27)`n$('x' * 100)", 'good' | Invoke-ChatCompletion -ErrorVariable errors -ErrorAction SilentlyContinue
        @($errors).Count | Should -Be 1
        "$($errors[0])" | Should -Match "^Item 2 \(bad\uFFFD x+\u2026\): .*\(tried 2 times in \d+\.\d s\)"
        $errors[0].TargetObject | Should -BeLike 'bad*'
        $errors[0].Exception.Attempts | Should -Be 2
        $errors[0].Exception.Elapsed | Should -BeGreaterThan 0
    }

    It 'names no item where there is one alone' {
        Connect-TestSandbox @{ Fault = 503 }
        $errors = $null
        $null = Invoke-ChatCompletion hi -ErrorVariable errors -ErrorAction SilentlyContinue
        "$($errors[0])" | Should -Not -Match 'Item|tried'
    }

    It 'counts the items that travel together' {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 400; Path = '*moderations' } }
        $errors = $null
        $null = 'a', 'b' | Test-ChatModeration -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | ForEach-Object { "$_" -replace '\):.*' } | Should -BeExactly 'Item 1 (a', 'Item 2 (b'
    }
}

Describe 'A pipeline that ends early' {
    AfterEach {
        if (Get-Variable shell -ValueOnly -ErrorAction Ignore) {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'by Ctrl+C ends <What> within a second' -ForEach @(
        @{ What = 'a call that waits'; Script = 'Invoke-ChatCompletion hi -TimeoutSec 60'; Sandbox = @{ Fault = 'Silence' } }
        @{ What = 'a call whose answer stops coming'; Script = 'Invoke-ChatCompletion hi -TimeoutSec 60'; Sandbox = @{ Fault = 'Stall' } }
        @{ What = 'a list that stops coming'; Script = 'Get-ChatModel -TimeoutSec 60'; Sandbox = @{ Fault = 'Stall' } }
        @{ What = 'a stream that stops coming'; Script = 'Invoke-ChatCompletion "one two three" -Stream -TimeoutSec 60'; Sandbox = @{ Fault = 'Stall' } }
        @{ What = 'a list that waits'; Script = 'Get-ChatModel -TimeoutSec 60'; Sandbox = @{ Fault = 'Silence' } }
        @{ What = 'a moderation that waits'; Script = '"a" | Test-ChatModeration -TimeoutSec 60'; Sandbox = @{ Fault = 'Silence' } }
        @{ What = 'a stream'; Script = 'Invoke-ChatCompletion "one two three" -Stream'; Sandbox = @{ ChunkDelayMs = 60000 } }
        @{ What = 'a wait before the next attempt'; Script = 'Invoke-ChatCompletion hi -MaxRetry 5'; Sandbox = @{ Fault = @{ StatusCode = 429; RetryAfterSec = 60 } } }
    ) {
        Connect-TestSandbox $Sandbox
        $shell = New-TestShell
        $null = $shell.AddScript($Script).BeginInvoke()
        Wait-Until { Get-TestRequest }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Streams.Error | Should -BeNullOrEmpty
        if (-not $Sandbox.ContainsKey('Fault') -or $Sandbox.Fault -is [string]) {
            Wait-Until { (Get-TestRequest).Aborted }
        }
    }

    It 'by Ctrl+C keeps the text that had arrived, with <_>' -ForEach '-Show', '-Stream' {
        Connect-TestSandbox @{ Fault = 'Stall' }
        $shell = New-TestShell
        $pieces = [Collections.ArrayList]::new()
        $shell.Runspace.SessionStateProxy.SetVariable('pieces', $pieces)
        $null = $shell.AddScript("Invoke-ChatCompletion 'one two three' $_ -TimeoutSec 60 -ErrorVariable global:wrong | ForEach-Object { `$pieces.Add(`$_) }").BeginInvoke()
        Wait-Until { Get-TestRequest }
        if ($_ -eq '-Stream') { Wait-Until { $pieces.Count } } else { Start-Sleep -Milliseconds 300 }
        $shell.Stop()
        $shell.Streams.Error | Should -BeNullOrEmpty
        foreach ($name in 'Error', 'wrong') {
            $errors = $shell.Runspace.SessionStateProxy.GetVariable($name)
            $errors[0].Exception.ErrorId | Should -BeExactly 'StreamTruncated'
            $errors[0].Exception.PartialText | Should -BeLike 'You*'
        }
    }

    It 'by Ctrl+C keeps in -OutVariable the answers that had arrived behind one that had not' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Silence'; Prompt = 'slow' } }
        Clear-ChatUsage
        $shell = New-TestShell
        $null = $shell.AddScript("'quick 1', 'slow', 'quick 2', 'quick 3' | Invoke-ChatCompletion -TimeoutSec 60 -OutVariable global:answers").BeginInvoke()
        Wait-Until { (Get-ChatUsage -Connection Test).Succeeded -eq 3 }
        $shell.Stop()
        $shell.Runspace.SessionStateProxy.GetVariable('answers').Input | Should -BeExactly 'quick 1', 'quick 2', 'quick 3'
    }

    It 'by Select-Object -First stops what comes before' {
        Connect-TestSandbox @{ LatencyMs = 50 }
        $sent = [Collections.Generic.List[int]]::new()
        $first = 1..50 | ForEach-Object { $sent.Add($_); "item $_" } | Invoke-ChatCompletion -ThrottleLimit 1 | Select-Object -First 1
        $first.Input | Should -Be 'item 1'
        $sent.Count | Should -BeLessOrEqual 2
        @(Get-TestRequest).Count | Should -BeLessOrEqual 2
    }

    It 'by Select-Object -First stops what runs side by side within a second' {
        Connect-TestSandbox @{ LatencyMs = 300 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $first = 1..100 | ForEach-Object { "item $_" } | Invoke-ChatCompletion -ThrottleLimit 4 | Select-Object -First 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1.3
        $first.Input | Should -Be 'item 1'
        @(Get-TestRequest).Count | Should -BeLessOrEqual 8 -Because 'at most the window is under way, and once more'
    }

    It 'by Select-Object -First hangs up on a stream within a second' {
        Connect-TestSandbox @{ ChunkDelayMs = 200 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $first = Invoke-ChatCompletion ('word ' * 100) -Stream | Select-Object -First 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1.5
        $first | Should -BeOfType ChatPS.ChatCompletionUpdate
        Wait-Until { (Get-TestRequest).Aborted }
    }

    It 'by a host that cannot ask for -Confirm ends the command, as it ends those of PowerShell' {
        $said = Invoke-Child {
            param($Path)
            Import-Module $Path
            Connect-ChatService -Sandbox | Out-Null
            foreach ($script in { 'a', 'b' | Start-ChatGeneration -Service Midjourney -Confirm }, { 'a', 'b' | New-ChatImage -OutDirectory ./never -Confirm }) {
                $Error.Clear()
                try { & $script 2>$null; 'went on' } catch { "ended: $($_.Exception.Message)" }
                "errors: $($Error.Count)"
            }

            "requests: $(@(Get-ChatSandboxRequest).Count)"
        } -ArgumentList $ModulePath
        $said[0, 2] | Should -BeLike 'ended: *NonInteractive*'
        $said[1, 3] | Should -Be 'errors: 1', 'errors: 1'
        $said[4] | Should -Be 'requests: 0'
    }

    It 'by a throw downstream hangs up' {
        Connect-TestSandbox @{ ChunkDelayMs = 200 }
        { Invoke-ChatCompletion ('word ' * 100) -Stream | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Wait-Until { (Get-TestRequest).Aborted }
    }

    It 'by break hangs up' {
        Connect-TestSandbox @{ ChunkDelayMs = 200 }
        foreach ($once in 1) {
            Invoke-ChatCompletion ('word ' * 100) -Stream | ForEach-Object { break }
        }

        Wait-Until { (Get-TestRequest).Aborted }
    }

    It 'by a throw upstream leaves the answers that came' {
        Connect-TestSandbox
        $answers = [Collections.Generic.List[object]]::new()
        { 1..3 | ForEach-Object { if ($_ -eq 3) { throw 'upstream' }; "item $_" } | Invoke-ChatCompletion -ThrottleLimit 1 | ForEach-Object { $answers.Add($_) } } | Should -Throw 'upstream'
        $answers.Input | Should -Be 'item 1', 'item 2'
    }
}
