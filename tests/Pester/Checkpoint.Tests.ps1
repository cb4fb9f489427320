BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-CheckpointPath {
        Join-Path $TestDrive "$(New-Guid).jsonl"
    }

    function Get-RequestCount {
        @(Get-TestRequest).Count
    }

    # Answers that tell one request from another, even of the same prompt.
    function Connect-CountingSandbox([hashtable] $Connection = @{}) {
        Connect-TestSandbox @{ Response = { $script:asked++; "answer $script:asked to $($_.Prompt)" } } $Connection
    }
}

AfterAll {
    Clear-Test
}

Describe '-CheckpointPath' {
    BeforeEach {
        Connect-CountingSandbox
        $path = New-CheckpointPath
    }

    It 'gives the stored answers the second time, and sends nothing' {
        $first = [string[]](1..10) | Invoke-ChatCompletion -CheckpointPath $path
        $second = [string[]](1..10) | Invoke-ChatCompletion -CheckpointPath $path
        Get-RequestCount | Should -Be 10
        foreach ($property in 'Text', 'Input', 'Index', 'Id', 'Model', 'FinishReason', 'RequestId', 'Elapsed', 'Created', 'Connection', 'Raw') {
            $second.$property | Should -BeExactly $first.$property -Because $property
        }

        $second.Usage.TotalTokens | Should -Be $first.Usage.TotalTokens
        $second[0] | Should -BeOfType ChatPS.ChatCompletion
    }

    It 'asks for what is new, wherever it stands' {
        $first = 'a', 'b', 'c' | Invoke-ChatCompletion -CheckpointPath $path
        $second = 'new', 'c', 'a', 'b', 'last' | Invoke-ChatCompletion -CheckpointPath $path
        $second.Input | Should -Be 'new', 'c', 'a', 'b', 'last'
        $second.Index | Should -Be (0..4)
        $second[1, 2, 3].Text | Should -Be $first[2, 0, 1].Text
        Get-RequestCount | Should -Be 5
    }

    It 'keeps an answer for each of several equal items' {
        $first = 'same', 'same', 'same' | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 1
        @($first.Text | Select-Object -Unique).Count | Should -Be 3
        $second = 'same', 'same', 'same', 'same' | Invoke-ChatCompletion -CheckpointPath $path
        $second[0..2].Text | Should -BeExactly $first.Text
        Get-RequestCount | Should -Be 4
    }

    It 'asks again for what failed' {
        Connect-TestSandbox @{ Fault = @{ Every = 2; Times = 2 } }
        $first = [string[]](1..4) | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject | Should -Be 2, 4
        $second = [string[]](1..4) | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 1
        $second.Input | Should -Be (1..4)
        $second[0, 2].Id | Should -Be $first.Id
        Get-RequestCount | Should -Be 6
    }

    It 'refuses other parameters with an error that names them, before anything is sent' {
        $null = 'a' | Invoke-ChatCompletion 'Translate.' -CheckpointPath $path -Temperature 0
        { 'a' | Invoke-ChatCompletion 'Summarize.' -CheckpointPath $path -Temperature 1 -MaxTokens 5 -Model sandbox-large } | Should -Throw -ErrorId 'InvalidRequest*'
        $failure = Get-Failure { 'a' | Invoke-ChatCompletion 'Summarize.' -CheckpointPath $path -Temperature 1 -MaxTokens 5 -Model sandbox-large }
        foreach ($part in "-Prompt was 'Translate.' and is now 'Summarize.'", '-Temperature was 0 and is now 1', '-MaxTokens was not given and is now 5', "-Model was 'sandbox-mini' and is now 'sandbox-large'") {
            "$failure" | Should -BeLike "*$part*"
        }

        Get-Advice $failure | Should -BeLike '*-CheckpointMode Append*Replace*'
        Get-RequestCount | Should -Be 1
    }

    It 'does not mind parameters that do not shape the answers' {
        $first = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path
        $second = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 2 -TimeoutSec 5 -MaxRetry 1 -AsCompleted -AdditionalHeader @{ 'X-A' = 'b' } -MaxTotalToken 1000000
        $second.Id | Sort-Object | Should -Be ($first.Id | Sort-Object)
        Get-RequestCount | Should -Be 2
    }

    It 'refuses another command' {
        $null = 'a' | Invoke-ChatCompletion -CheckpointPath $path
        "$(Get-Failure { 'a' | Invoke-ChatTextCompletion -CheckpointPath $path })" | Should -BeLike '*the command was Invoke-ChatCompletion and is now Invoke-ChatTextCompletion*'
    }

    It 'takes the model from the connection, and sees it change' {
        $null = 'a' | Invoke-ChatCompletion -CheckpointPath $path
        Connect-CountingSandbox @{ Model = 'sandbox-large' }
        "$(Get-Failure { 'a' | Invoke-ChatCompletion -CheckpointPath $path })" | Should -BeLike "*-Model was 'sandbox-mini' and is now 'sandbox-large'*"
    }

    It 'keeps both with -CheckpointMode Append' {
        $first = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 0
        $second = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 1 -CheckpointMode Append
        ('a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 0).Text | Should -BeExactly $first.Text
        ('a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 1).Text | Should -BeExactly $second.Text
        Get-RequestCount | Should -Be 4
    }

    It 'starts over with -CheckpointMode Replace' {
        $first = 'a' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 0
        $second = 'a' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 1 -CheckpointMode Replace
        $second.Text | Should -Not -Be $first.Text
        { 'a' | Invoke-ChatCompletion -CheckpointPath $path -Temperature 0 } | Should -Throw '*-Temperature was 1 and is now 0*'
    }

    It 'refuses -CheckpointMode without a path' {
        { 'a' | Invoke-ChatCompletion -CheckpointMode Append } | Should -Throw -ErrorId 'InvalidRequest*'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a folder'; Make = { (New-Item -ItemType Directory (New-CheckpointPath)).FullName } }
        @{ What = 'a folder that is not there'; Make = { Join-Path (New-CheckpointPath) 'run.jsonl' } }
        @{ What = 'a file that is something else'; Make = { $file = New-CheckpointPath; Set-Content $file 'Name,Value'; $file } }
    ) {
        $other = & $Make
        { 'a' | Invoke-ChatCompletion -CheckpointPath $other } | Should -Throw -ErrorId 'InvalidRequest*'
        Get-RequestCount | Should -Be 0
    }

    It 'is refused while another process uses it' {
        $null = 'a' | Invoke-ChatCompletion -CheckpointPath $path
        $uri = (Get-ChatConnection Test).BaseUri
        $child = Invoke-Child {
            param($Module, $Uri, $Path)
            Import-Module $Module
            Connect-ChatService $Uri -Model sandbox-mini
            'a' | Invoke-ChatCompletion -CheckpointPath $Path | ForEach-Object Text
        } $ModulePath, $uri, $path
        $child | Should -BeExactly 'answer 1 to a' -Because 'nobody uses it'

        Connect-TestSandbox @{ LatencyMs = 60000 }
        $job = 'b' | Invoke-ChatCompletion -CheckpointPath $path -AsJob
        Wait-Until { Get-RequestCount }
        try {
            $message = Invoke-Child {
                param($Module, $Uri, $Path)
                Import-Module $Module
                Connect-ChatService $Uri -Model sandbox-mini
                try { 'a' | Invoke-ChatCompletion -CheckpointPath $Path } catch { "$_" }
            } $ModulePath, $uri, $path
            $message | Should -BeLike "*'$path' is in use*"
        }
        finally {
            $job | Remove-Job -Force
        }
    }

    It 'mends a line that was broken off, and says so with -Verbose' {
        $first = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 1
        $bytes = [IO.File]::ReadAllBytes($path)
        [IO.File]::WriteAllBytes($path, $bytes[0..($bytes.Length - 20)])
        $lines = 'a', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Verbose 4>&1
        $answers = $lines | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }
        $answers[0].Text | Should -BeExactly $first[0].Text
        $answers[1].Text | Should -BeExactly 'answer 3 to b'
        "$lines" | Should -BeLike '*holds 1 answers*broken off*'
        ('a', 'b' | Invoke-ChatCompletion -CheckpointPath $path).Text | Should -BeExactly $answers.Text
    }

    It 'holds no key, no header and no secret of the body' {
        Stop-ChatSandbox Test
        $uri = (Start-ChatSandbox -Name Test -RequireKey 'sk-test-checkpoint-1').BaseUri
        Connect-ChatService $uri -Name Test -Model sandbox-mini -ApiKey 'sk-test-checkpoint-1' -AdditionalHeader @{ 'X-Secret' = 'header-of-connection' }
        $secrets = @{ AdditionalHeader = @{ 'X-Other' = 'header-of-call' }; AdditionalBody = @{ token = 'secret-of-body' }; AdditionalQuery = @{ code = 'secret-of-query' } }
        $null = 'a' | Invoke-ChatCompletion -CheckpointPath $path @secrets
        $text = Get-Content $path -Raw
        $text | Should -Not -BeNullOrEmpty
        foreach ($secret in 'sk-test-checkpoint-1', 'header-of-connection', 'header-of-call', 'secret-of-body', 'secret-of-query') {
            $text | Should -Not -BeLike "*$secret*"
        }

        $secrets.AdditionalBody.token = 'another-secret'
        "$(Get-Failure { 'a' | Invoke-ChatCompletion -CheckpointPath $path @secrets })" | Should -BeLike '*-AdditionalBody was*'
    }

    It 'can be read by its user only' -Skip:($env:OS -eq 'Windows_NT') {
        $null = 'a' | Invoke-ChatCompletion -CheckpointPath $path
        [string](Get-Item $path).UnixFileMode | Should -Be 'UserWrite, UserRead'
    }

    It 'is UTF-8 without a mark, a line an answer' {
        $null = 'a', 'b' | Invoke-ChatCompletion -System "gr$([char]0xf6)$([char]0xdf)e" -CheckpointPath $path
        $text = [Text.UTF8Encoding]::new($false, $true).GetString([IO.File]::ReadAllBytes($path))
        $text[0] | Should -BeExactly '{'
        $text.TrimEnd("`n").Split("`n").Count | Should -Be 3
        $text.TrimEnd("`n").Split("`n") | ForEach-Object { { $_ | ConvertFrom-Json } | Should -Not -Throw }
        $text | Should -BeLike "*gr$([char]0xf6)$([char]0xdf)e*"
    }

    It 'restores streams, for runs that stream and runs that do not' {
        Connect-TestSandbox
        $first = 'call weather', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Stream -N 2 | Where-Object Completion
        $pieces = 'call weather', 'b' | Invoke-ChatCompletion -CheckpointPath $path -Stream -N 2
        $whole = 'call weather', 'b' | Invoke-ChatCompletion -CheckpointPath $path -N 2
        Get-RequestCount | Should -Be 2
        ($pieces | Where-Object Completion).Completion.Raw | Should -BeExactly $first.Completion.Raw
        $whole.Raw | Should -BeExactly $first.Completion.Raw
        $whole[0].Choices.Text | Should -BeExactly $first[0].Completion.Choices.Text
        ($pieces | Where-Object { -not $_.Completion }).Text | Should -BeExactly $whole.Text
    }

    It 'resumes after the pipeline had enough' {
        $first = [string[]](1..20) | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 4 | Select-Object -First 3
        $asked = Get-RequestCount
        $asked | Should -BeLessOrEqual 8
        $second = [string[]](1..20) | Invoke-ChatCompletion -CheckpointPath $path -ThrottleLimit 4
        $second.Input | Should -Be (1..20)
        $second[0..2].Text | Should -BeExactly $first.Text
        Get-RequestCount | Should -BeIn (20..24) -Because 'what was in flight is asked for again at most'
    }

    It 'resumes in any command that draws from it, in whatever order answers leave' {
        $first = [string[]](1..10) | Invoke-ChatCompletion -CheckpointPath $path -AsCompleted
        $second = [string[]](1..10) | Invoke-ChatCompletion -CheckpointPath $path
        $second.Text | Should -BeExactly ($first | Sort-Object Index).Text
    }

    It 'keeps files, rows and texts apart by all that is sent' {
        $file = New-TestFile (Join-Path $TestDrive 'picture.dat') png
        $inputs = $file, [pscustomobject]@{ Name = 'row' }, 'a'
        $first = $inputs | Invoke-ChatCompletion 'Look.' -CheckpointPath $path
        $second = $inputs | Invoke-ChatCompletion 'Look.' -CheckpointPath $path
        $second.Text | Should -BeExactly $first.Text
        Get-RequestCount | Should -Be 3
        (Get-Content $path -Raw).Length | Should -BeLessThan 10000
    }

    It 'takes -Message' {
        $messages = (New-ChatMessage 'Be brief.' -Role system), (New-ChatMessage 'hi')
        $first = Invoke-ChatCompletion -Message $messages -CheckpointPath $path
        (Invoke-ChatCompletion -Message $messages -CheckpointPath $path).Text | Should -BeExactly $first.Text
        { Invoke-ChatCompletion -Message (New-ChatMessage 'other') -CheckpointPath $path } | Should -Throw '*-Message was*'
    }

    It 'finds a path in the current location, and on a drive of PowerShell' {
        Push-Location $TestDrive
        try {
            $name = "$(New-Guid).jsonl"
            $null = 'a' | Invoke-ChatCompletion -CheckpointPath $name
            Join-Path $TestDrive $name | Should -Exist
            (('a' | Invoke-ChatCompletion -CheckpointPath "TestDrive:/$name").Text) | Should -BeExactly 'answer 1 to a'
        }
        finally {
            Pop-Location
        }
    }

    It 'ends the run where the disk is full' -Skip:(-not (Test-Path /dev/full)) {
        $null = New-Item -ItemType SymbolicLink $path -Target /dev/full
        $failure = Get-Failure { [string[]](1..5) | Invoke-ChatCompletion -CheckpointPath $path }
        $failure.Exception.ErrorId | Should -BeIn 'CheckpointFailed', 'InvalidRequest'
        @($failure).Count | Should -Be 1
        Get-RequestCount | Should -Be 0
    }

    It 'works for Invoke-ChatTextCompletion' {
        $first = [string[]](1..5) | Invoke-ChatTextCompletion -CheckpointPath $path
        $second = [string[]](1..5) | Invoke-ChatTextCompletion -CheckpointPath $path
        $second.Id | Should -BeExactly $first.Id
        Get-RequestCount | Should -Be 5
    }
}

Describe 'Test-ChatModeration -CheckpointPath' {
    BeforeEach {
        Connect-TestSandbox
        $path = New-CheckpointPath
    }

    It 'gives the stored results the second time, and sends nothing' {
        $texts = 1..70 | ForEach-Object { if ($_ % 10) { "text $_" } else { "kill $_" } }
        $first = $texts | Test-ChatModeration -CheckpointPath $path
        $second = $texts | Test-ChatModeration -CheckpointPath $path
        Get-RequestCount | Should -Be 3
        foreach ($property in 'Flagged', 'Categories', 'Input', 'Index', 'Id', 'Model', 'Elapsed', 'RequestId', 'Connection', 'Raw') {
            $second.$property | Should -BeExactly $first.$property -Because $property
        }

        $second[9].Scores['violence'] | Should -Be $first[9].Scores['violence']
        $second[9].AppliedInputTypes['violence'] | Should -Be 'text'
    }

    It 'sends only what is new, 32 at a time, and keeps the order' {
        $first = 1..20 | ForEach-Object { "old $_" } | Test-ChatModeration -CheckpointPath $path
        $texts = 1..40 | ForEach-Object { "new $_"; if ($_ -le 20) { "old $_" } }
        $second = $texts | Test-ChatModeration -CheckpointPath $path
        $second.Input | Should -BeExactly $texts
        ($second | Where-Object Input -Like 'old*').Id | Should -BeExactly $first.Id
        $requests = Get-TestRequest | Select-Object -Skip 1
        @($requests).Count | Should -Be 2
        ($requests | ForEach-Object { ($_.Body | ConvertFrom-Json).input.Count }) | Should -Be 32, 8
    }

    It 'gives what is stored even where the request for the rest fails' {
        $null = 'a', 'c' | Test-ChatModeration -CheckpointPath $path
        Connect-TestSandbox @{ Fault = @{ Times = 1 } }
        $results = 'a', 'b', 'c', 'd' | Test-ChatModeration -CheckpointPath $path -ErrorVariable failures -ErrorAction SilentlyContinue
        $results.Input | Should -Be 'a', 'c'
        $failures.TargetObject | Should -Be 'b', 'd'
        ('a', 'b', 'c', 'd' | Test-ChatModeration -CheckpointPath $path).Input | Should -Be 'a', 'b', 'c', 'd'
    }

    It 'keeps images, and the answers of the ChatGPT web page' {
        $file = New-TestFile (Join-Path $TestDrive 'picture.dat') png
        $first = Test-ChatModeration 'fine' -Image $file.FullName -CheckpointPath $path
        (Test-ChatModeration 'fine' -Image $file.FullName -CheckpointPath $path).Id | Should -BeExactly $first.Id
        Get-RequestCount | Should -Be 1

        $path = New-CheckpointPath
        Connect-TestSandbox @{ Response = @{ Path = '/v1/moderations'; Response = @{ flagged = $true; blocked = $true; moderation_id = 'modr-1' } } }
        $null = 'a' | Test-ChatModeration -CheckpointPath $path
        $stored = 'a' | Test-ChatModeration -CheckpointPath $path
        $stored.Flagged, $stored.Blocked, $stored.ModerationId | Should -Be $true, $true, 'modr-1'
        Get-RequestCount | Should -Be 1
    }

    It 'refuses another model, and does not mind -Quiet' {
        $null = 'a' | Test-ChatModeration -CheckpointPath $path
        'a' | Test-ChatModeration -CheckpointPath $path -Quiet | Should -BeFalse
        { 'a' | Test-ChatModeration -CheckpointPath $path -Model text-moderation-stable } | Should -Throw '*-Model was not given*'
        Get-RequestCount | Should -Be 1
    }
}

Describe '-WhatIf' {
    It 'sends nothing and leaves the checkpoint alone' {
        Connect-TestSandbox
        $file = Join-Path $TestDrive 'whatif.jsonl'
        $null = 1..3 | Invoke-ChatCompletion 'Say' -CheckpointPath $file
        $before = Get-Content $file -Raw

        1..5 | Invoke-ChatCompletion 'Say' -CheckpointPath $file -CheckpointMode Replace -WhatIf | Should -BeNullOrEmpty

        Get-Content $file -Raw | Should -BeExactly $before
        Get-TestRequest | Should -HaveCount 3
    }
}
