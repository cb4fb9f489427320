BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Sha([string] $Text) {
        -join ([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($Text)) | ForEach-Object { $_.ToString('x2') })
    }
}

AfterAll {
    Clear-Test
}

Describe 'The log of a connection' {
    BeforeEach {
        $log = Join-Path $TestDrive "$([guid]::NewGuid()).log"
        Connect-TestSandbox @{} @{ LogPath = $log; ApiKey = 'sk-test-log-1234'; PriceTable = @{ 'sandbox-*' = @{ Input = 0.15; Output = 0.6 } } }
    }

    It 'has an entry for each call of every command that sends' {
        $null = 'a', 'b' | Invoke-ChatCompletion
        $null = Invoke-ChatCompletion hi -Stream
        $null = Invoke-ChatTextCompletion hi
        $null = 'x', 'y' | Test-ChatModeration
        $null = 'x', 'y' | Invoke-ChatRerank x
        $null = Get-ChatModel
        $null = Test-ChatConnection
        $entries = Get-ChatLog
        $entries | Should -BeOfType ChatPS.ChatLogEntry
        $entries.Count | Should -Be @(Get-TestRequest).Count
        $entries.Endpoint | Sort-Object -Unique | Should -Be 'GET /v1/models', 'POST /v1/chat/completions', 'POST /v1/completions', 'POST /v1/moderations', 'POST /v1/rerank'
        ($entries | Where-Object Endpoint -EQ 'POST /v1/moderations').ItemCount | Should -Be 2
    }

    It 'says who asked whom for what, when, and what it took' {
        $answer = Invoke-ChatCompletion hi
        $entry = Get-ChatLog
        $entry.Time.Offset | Should -Be ([timespan]::Zero)
        [DateTimeOffset]::UtcNow - $entry.Time | Should -BeLessThan ([timespan]'00:01:00')
        $entry.User, $entry.Host, $entry.ProcessId | Should -Be ([Environment]::UserName), ([Environment]::MachineName), $PID
        $entry.Connection, $entry.RequestedModel, $entry.Model, $entry.Item | Should -Be 'Test', 'sandbox-mini', 'sandbox-mini', 0
        $entry.Service | Should -Be (Get-ChatConnection Test).BaseUri
        $entry.TotalTokens, $entry.Cost, $entry.RequestId | Should -Be $answer.Usage.TotalTokens, $answer.Cost, $answer.RequestId
        $entry.Outcome, $entry.Attempts | Should -Be 'Success', 1
        $entry.PromptHash, $entry.AnswerHash | Should -Be (Get-Sha 'hi'), (Get-Sha 'You said: hi')
        $entry.Prompt | Should -BeNullOrEmpty
    }

    It 'holds <Content> of prompts and answers' -ForEach @(
        @{ Content = 'None'; Prompt = $null; Hashes = $false }
        @{ Content = 'Hash'; Prompt = $null; Hashes = $true }
        @{ Content = 'Full'; Prompt = 'hi'; Hashes = $false }
    ) {
        Connect-ChatService -Name Test -LogContent $Content
        $null = Invoke-ChatCompletion hi
        $entry = Get-ChatLog
        "$($entry.Prompt)" | Should -Be "$Prompt"
        [bool]$entry.PromptHash, [bool]$entry.AnswerHash | Should -Be $Hashes, $Hashes
    }

    It 'has no key, wherever one was' {
        Connect-ChatService -Name Test -LogContent Full
        $null = Invoke-ChatCompletion 'The key is sk-test-log-1234.' -AdditionalHeader @{ 'X-Api-Key' = 'sk-test-other-5678' } -AdditionalQuery @{ token = 'sk-test-third-9012' }
        $text = Get-Content $log -Raw
        $text | Should -BeLike '*The key is*'
        $text | Should -Not -BeLike '*sk-test*'
    }

    It 'tells failures' {
        Invoke-ChatCompletion hi -Model missing-model -ErrorAction SilentlyContinue
        $entry = Get-ChatLog
        $entry.Outcome, $entry.ErrorId, $entry.RequestedModel | Should -Be 'Failed', 'ModelNotFound', 'missing-model'
    }

    It 'is written to by many processes at once, whole lines each' {
        $script = Join-Path $TestDrive 'writer.ps1'
        Set-Content $script @'
param($Module, $Uri, $Log, $Name)
Import-Module $Module
Connect-ChatService $Uri -Name $Name -Model sandbox-mini -ApiKey sk-test-log-1234 -LogPath $Log -Quiet
$null = 1..25 | Invoke-ChatCompletion 'Say'
'@
        $writers = 1..4 | ForEach-Object {
            [Diagnostics.Process]::Start((New-PowerShellStart @('-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, "$((Get-ChatConnection Test).BaseUri)", $log, "P$_")))
        }
        $writers | ForEach-Object { $_.WaitForExit(); $_.ExitCode | Should -Be 0 }
        $entries = Get-ChatLog $log -WarningVariable warnings
        $entries.Count | Should -Be 100
        $warnings | Should -BeNullOrEmpty
        ($entries | Group-Object ProcessId | ForEach-Object Count) | Should -Be 25, 25, 25, 25
        Get-ChatLog $log -Sum Connection | ForEach-Object Requests | Should -Be 25, 25, 25, 25
    }

    It 'is put aside at 50 MB, and read with what was put aside' {
        $null = Invoke-ChatCompletion first
        $line = (Get-Content $log)[0]
        $padding = "`n" + (' ' * 1MB)
        [IO.File]::AppendAllText($log, $padding * 50 + "`n")
        $null = Invoke-ChatCompletion second
        (Get-Item "$log.1").Length | Should -BeGreaterThan 50MB
        (Get-Item $log).Length | Should -BeLessThan 10KB
        (Get-ChatLog $log).PromptHash | Should -Be (Get-Sha first), (Get-Sha second)
    }

    It 'that cannot be written is no connection' {
        $failure = @(Get-Failure { Connect-ChatService -Name Test -LogPath (Join-Path $TestDrive 'no/such/folder.log') })
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'LogFailed,*'
        $failure[0].CategoryInfo.Category | Should -Be 'WriteError'
    }

    It 'that fails later ends the run, and no answer is lost' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Connect-ChatService -Name Test -LogPath (Join-Path $folder chat.log)
        Remove-Item $folder -Recurse
        $answers = [Collections.Generic.List[object]]::new()
        $failure = @(Get-Failure { 1..9 | Invoke-ChatCompletion 'Say' -ThrottleLimit 1 -WarningVariable script:warnings -WarningAction SilentlyContinue | ForEach-Object { $answers.Add($_) } })
        $failure.FullyQualifiedErrorId | Should -BeLike 'LogFailed,*'
        $answers.Count | Should -Be 1
        $warnings | Should -HaveCount 1
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'is kept with a profile' {
        $env:CHATPS_CONFIG = Join-Path $TestDrive ([guid]::NewGuid())
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Kept -LogPath $log -LogContent Full
        Save-ChatConnection
        $saved = Get-ChatConnection -Saved Kept
        $saved.LogPath, $saved.LogContent | Should -Be $log, 'Full'
    }
}

Describe 'Get-ChatLog' {
    BeforeAll {
        $log = Join-Path $TestDrive 'made.log'
        $lines = foreach ($day in 1..3) {
            foreach ($user in 'ann', 'bob') {
                '{"time":"2026-11-0' + $day + 'T10:00:00Z","user":"' + $user + '","host":"h","pid":1,"connection":"C' + $day + '","service":"s","requestedModel":"m","model":"m-' + $day + '","inputTokens":10,"outputTokens":5,"totalTokens":15,"cost":0.000012,"durationMs":1.5,"attempts":1,"outcome":"Success"}'
            }
        }
        $lines += '{"time":"2026-11-03T11:00:00Z","user":"bob","connection":"C3","requestedModel":"m","outcome":"Failed","errorId":"Timeout"}'
        $lines += '{"time":"2026-11-03T12:00:00Z","user":"bob","connection":"C3","requestedModel":"m","model":"m-3","totalTokens":7,"outcome":"Success"}'
        Set-Content $log $lines
    }

    It 'filters by <What>' -ForEach @(
        @{ What = '-Since'; With = @{ Since = [datetime]'2026-11-03T00:00:00Z' }; Count = 4 }
        @{ What = '-Until'; With = @{ Until = [datetime]'2026-11-02T00:00:00Z' }; Count = 2 }
        @{ What = '-Since and -Until'; With = @{ Since = [datetime]'2026-11-02T00:00:00Z'; Until = [datetime]'2026-11-03T00:00:00Z' }; Count = 2 }
        @{ What = '-Model'; With = @{ Model = 'm-1', 'm-2' }; Count = 4 }
        @{ What = '-Model that was asked'; With = @{ Model = 'm' }; Count = 8 }
        @{ What = '-Connection'; With = @{ Connection = 'c?' ; User = 'ann' }; Count = 3 }
        @{ What = '-User'; With = @{ User = 'b*' }; Count = 5 }
    ) {
        @(Get-ChatLog $log @With).Count | Should -Be $Count
    }

    It 'adds up by <By>' -ForEach @(
        @{ By = 'Day'; Names = '2026-11-01', '2026-11-02', '2026-11-03'; Requests = 2, 2, 4; Tokens = 30, 30, 37 }
        @{ By = 'Model'; Names = 'm', 'm-1', 'm-2', 'm-3'; Requests = 1, 2, 2, 3; Tokens = 0, 30, 30, 37 }
        @{ By = 'User'; Names = 'ann', 'bob'; Requests = 3, 5; Tokens = 45, 52 }
    ) {
        $sums = Get-ChatLog $log -Sum $By
        $sums | Should -BeOfType ChatPS.ChatLogTotal
        $sums.Name | Should -Be $Names
        $sums.Requests | Should -Be $Requests
        $sums.TotalTokens | Should -Be $Tokens
    }

    It 'counts failures and what has no price' {
        $sum = Get-ChatLog $log -Sum User | Where-Object Name -EQ bob
        $sum.Failures, $sum.Unpriced, $sum.Cost | Should -Be 1, 1, 0.000036
    }

    It 'takes files and connections from the pipeline' {
        (Get-Item $log | Get-ChatLog).Count | Should -Be 8
        @(Get-Item $log, $log | Get-ChatLog -Sum User).Requests | Should -Be 6, 10
    }

    It 'says that there is no such log' {
        @(Get-Failure { Get-ChatLog (Join-Path $TestDrive 'none.log') })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Disconnect-ChatService *
        "$(@(Get-Failure { Get-ChatLog })[0])" | Should -BeLike '*-Path*'
    }

    It 'leaves out what is no entry, and counts it' {
        $other = Join-Path $TestDrive 'other.log'
        Set-Content $other 'half a li', '{"time":"2026-11-01T10:00:00Z","user":"ann"}', '[1]'
        @(Get-ChatLog $other -WarningVariable warnings -WarningAction SilentlyContinue).Count | Should -Be 1
        "$warnings" | Should -BeLike '*2 lines*'
    }
}

Describe '-Verbose and -Debug' {
    BeforeAll {
        Connect-TestSandbox @{ Fault = @{ StatusCode = 500; Times = 1; RetryAfterSec = 0.2 } } @{ MaxRetry = 1; ApiKey = 'sk-test-debug-1234' }
        $all = 'one', 'two' | Invoke-ChatCompletion 'Say' -ThrottleLimit 1 -Verbose -Debug 4>&1 5>&1
        $verbose = ($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] }) -join "`n"
        $debug = $all | Where-Object { $_ -is [Management.Automation.DebugRecord] }
    }

    It 'tell <What>' -ForEach @(
        @{ What = 'the item'; Like = '*POST*`[item 1`]*' }
        @{ What = 'the model and the size'; Like = '*model sandbox-mini, * bytes*' }
        @{ What = 'the attempt'; Like = '*attempt 2 of 2*' }
        @{ What = 'the status and the request id'; Like = '*500*request id req*' }
        @{ What = 'the wait'; Like = '*of waiting before*' }
    ) {
        $verbose | Should -BeLike $Like
    }

    It 'show what was sent and what came' {
        $debug.Count | Should -Be 6 -Because 'the first call has two attempts'
        "$($debug[0])" | Should -BeLike 'POST sends `[item 0`]: {*"messages"*one*'
        "$($debug[1])" | Should -BeLike 'the error `[item 0`]: {*'
        "$($debug[-1])" | Should -BeLike 'the answer `[item 1`]: {*You said*two*'
    }

    It 'show no key' {
        "$verbose $debug" | Should -Not -BeLike '*sk-test*'
        $lines = Invoke-ChatCompletion 'My key is sk-test-debug-1234.' -Debug 5>&1 | Where-Object { $_ -is [Management.Automation.DebugRecord] }
        "$lines" | Should -BeLike '*My key is*'
        "$lines" | Should -Not -BeLike '*sk-test*'
    }

    It 'show a stream at its end' {
        $lines = Invoke-ChatCompletion hi -Stream -Debug 5>&1 | Where-Object { $_ -is [Management.Automation.DebugRecord] }
        "$($lines[-1])" | Should -BeLike 'the stream `[item 0`]: {*'
    }
}
