BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-Talk([string] $Name, [string] $Text) {
        (ConvertTo-ChatSpeech $Text -Path (Join-Path $folder $Name) -Force).Path
    }
}

AfterAll {
    Clear-Test
}

Describe 'ConvertFrom-ChatSpeech' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item $folder -ItemType Directory
    }

    It 'writes down what a file says' {
        $path = New-Talk a.wav 'We rotate the keys. On Friday.'
        $transcript = ConvertFrom-ChatSpeech $path
        $transcript | Should -BeOfType ChatPS.ChatTranscript
        $transcript.Text | Should -BeExactly 'We rotate the keys. On Friday.'
        "$transcript" | Should -BeExactly $transcript.Text
        $transcript.Path | Should -BeExactly $path
        $transcript.Duration.TotalMilliseconds | Should -Be 480
        $transcript.Usage.TotalTokens | Should -BeGreaterThan 0
        (Get-ChatSandboxRequest -Name Test -Last 1).Path | Should -BeExactly '/v1/audio/transcriptions'
    }

    It 'makes minutes of meetings, with names' {
        $null = New-Talk a.wav 'Who rotates the keys? I do.'
        $null = New-Talk b.wav 'Is the backup done? It is.'
        $minutes = Get-ChildItem (Join-Path $folder '*.wav') | ConvertFrom-ChatSpeech -ResponseFormat diarized_json | Invoke-ChatCompletion 'Minutes, with names' -OutputSchema 'topic, decisions string[]'
        @($minutes).Count | Should -Be 2
        $minutes[0].psobject.Properties.Name | Should -Be 'topic', 'decisions'
        $prompts = Get-TestRequest | Where-Object Path -like '*/chat/completions' | Sort-Object Prompt | ForEach-Object Prompt
        $prompts[1] | Should -BeLike "*Minutes, with names*A: Who rotates the keys?`nB: I do.*"
    }

    It 'gives transcripts to a chat in jobs, too' {
        $path = New-Talk a.wav 'Who rotates the keys? I do.'
        $gone = Invoke-Child { param($Module, $Uri, $Path) Import-Module $Module; Connect-ChatService $Uri -Model m -Quiet; ConvertFrom-ChatSpeech $Path -ResponseFormat diarized_json } -ArgumentList $ModulePath, "$((Get-ChatConnection Test).BaseUri)", $path
        $gone.psobject.TypeNames | Should -Contain 'Deserialized.ChatPS.ChatTranscript'
        ($gone | Invoke-ChatCompletion).Text | Should -BeLike "*A: Who rotates the keys?*B: I do.*"
    }

    It 'writes subtitles beside the sound' -ForEach 'srt', 'vtt' {
        $path = New-Talk a.wav 'Welcome. Let us begin.'
        $transcript = ConvertFrom-ChatSpeech $path -ResponseFormat $_
        $transcript | Set-Content (Join-Path $folder "a.$_") -NoNewline
        Get-Content (Join-Path $folder "a.$_") -Raw | Should -BeExactly $transcript.Text
        $transcript.Text | Should -Match '00:00:00[,.]000 --> 00:00:00[,.]120'
        $transcript.Segments.Text | Should -Be 'Welcome.', 'Let us begin.'
    }

    It 'gives plain text, segments, words and probabilities' {
        $path = New-Talk a.wav 'Welcome. Let us begin.'
        (ConvertFrom-ChatSpeech $path -ResponseFormat text).Text | Should -BeExactly 'Welcome. Let us begin.'
        $verbose = ConvertFrom-ChatSpeech $path -TimestampGranularity word, segment -Language de
        $verbose.Words.Word | Should -Be 'Welcome', 'Let', 'us', 'begin'
        $verbose.Words[1].Start | Should -BeOfType TimeSpan
        $verbose.Segments[0].End.TotalMilliseconds | Should -Be 120
        $verbose.Language | Should -BeExactly 'de'
        (ConvertFrom-ChatSpeech $path -Include logprobs).LogProbs[0].Probability | Should -BeGreaterThan 0.9
    }

    It 'tells speakers by name' {
        $path = New-Talk a.wav 'Who? I.'
        $known = ConvertFrom-ChatSpeech $path -KnownSpeaker @{ Ann = $path; Bo = Get-Item $path }
        $known.Speakers | Should -Be 'Ann', 'Bo'
        "$known" | Should -BeExactly "Ann: Who?`nBo: I."
    }

    It 'translates' {
        $null = ConvertFrom-ChatSpeech (New-Talk a.wav 'Guten Tag.') -Translate -ResponseFormat verbose_json
        (Get-ChatSandboxRequest -Name Test -Last 1).Path | Should -BeExactly '/v1/audio/translations'
    }

    It 'streams' {
        $path = New-Talk a.wav 'Welcome. Let us begin.'
        $updates = ConvertFrom-ChatSpeech $path -Stream
        $updates | Should -BeOfType ChatPS.ChatTranscriptUpdate
        -join $updates.Text | Should -BeExactly 'Welcome. Let us begin.'
        $updates[-1].Transcript.Text | Should -BeExactly 'Welcome. Let us begin.'
        (ConvertFrom-ChatSpeech $path -Stream -ResponseFormat diarized_json)[0].Segment.Speaker | Should -BeExactly 'A'
    }

    It 'takes paths, wildcards, rows, spoken texts and bytes' {
        $null = New-Talk 'a[1].wav' 'One.'
        $null = New-Talk 'a1.wav' 'Two.'
        (ConvertFrom-ChatSpeech (Join-Path $folder 'a[1].wav')).Text | Should -BeExactly 'One.'
        $all = ConvertFrom-ChatSpeech (Join-Path $folder '*.wav')
        $all.Text | Sort-Object | Should -Be 'One.', 'Two.'
        $all.Index | Should -Be 0, 1
        ([pscustomobject]@{ Path = Join-Path $folder a1.wav }, @{ FullName = Join-Path $folder a1.wav } | ConvertFrom-ChatSpeech).Text | Should -Be 'Two.', 'Two.'
        $spoken = ConvertTo-ChatSpeech 'Three.' -ResponseFormat wav
        ($spoken | ConvertFrom-ChatSpeech).Text | Should -BeExactly 'Three.'
        (, $spoken.Data | ConvertFrom-ChatSpeech).Text | Should -BeExactly 'Three.'
    }

    It 'makes an error of what is no sound, sends nothing of it, and goes on' {
        Set-Content (Join-Path $folder b.mp3) 'only text'
        $null = New-Item (Join-Path $folder c.mp3)
        $path = New-Talk a.wav 'Fine.'
        $before = @(Get-TestRequest).Count
        $transcripts = (Join-Path $folder b.mp3), (Join-Path $folder c.mp3), (Join-Path $folder none.mp3), $folder, $null, (Get-Item $folder), $path |
            ConvertFrom-ChatSpeech -ErrorVariable failures -ErrorAction SilentlyContinue
        $transcripts.Text | Should -BeExactly 'Fine.'
        @($failures).Count | Should -Be 6
        $failures.FullyQualifiedErrorId | ForEach-Object { $_ | Should -BeLike 'InvalidRequest*' }
        $failures[0].TargetObject | Should -Be (Join-Path $folder b.mp3)
        @(Get-TestRequest).Count | Should -Be ($before + 1)
    }

    It 'refuses before anything is sent: <Why>' -ForEach @(
        @{ Why = 'a temperature that cannot be'; Parameters = @{ Temperature = 2 }; Words = '*-Temperature*' }
        @{ Why = 'a language to translate'; Parameters = @{ Translate = $true; Language = 'de' }; Words = '*-Language*' }
        @{ Why = 'a stream in parts'; Parameters = @{ Stream = $true; SplitMinute = 1 }; Words = '*-SplitMinute*' }
        @{ Why = 'words in subtitles'; Parameters = @{ ResponseFormat = 'srt'; TimestampGranularity = 'word' }; Words = '*-TimestampGranularity*' }
        @{ Why = 'a limit that cannot be'; Parameters = @{ MaxFileSizeMB = 0 }; Words = '*-MaxFileSizeMB*' }
        @{ Why = 'a speaker without a recording'; Parameters = @{ KnownSpeaker = @{ Ann = 'TestDrive:/none.wav' } }; Words = '*-KnownSpeaker*' }
    ) {
        $path = Join-Path $folder a.mp3
        New-TestFile $path mp3
        $failure = Get-Failure { ConvertFrom-ChatSpeech $path @Parameters }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        "$failure" | Should -BeLike $Words
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'refuses a file that is larger than the service takes' {
        $path = Join-Path $folder a.mp3
        New-TestFile $path mp3
        $file = [IO.File]::OpenWrite($path)
        $file.SetLength(27MB)
        $file.Dispose()
        $failure = Get-Failure { ConvertFrom-ChatSpeech $path }
        "$failure" | Should -BeLike '*27 MB*25 MB*'
        Get-Advice $failure | Should -BeLike '*-SplitMinute*'
        @(Get-TestRequest).Count | Should -Be 0
        "$(Get-Failure { ConvertFrom-ChatSpeech $path -MaxFileSizeMB 30 })" | Should -BeLike '*413*'
    }

    It 'sends a long WAV file in parts' {
        $text = ('A long talk. ' * 30).Trim()
        $path = New-Talk a.wav $text
        $before = @(Get-TestRequest).Count
        $transcript = ConvertFrom-ChatSpeech $path -SplitMinute 0.04 -ResponseFormat verbose_json
        $transcript.Text | Should -BeExactly $text
        $transcript.Parts | Should -Be 3
        @(Get-TestRequest).Count | Should -Be ($before + 3)
        $starts = $transcript.Segments.Start.TotalSeconds
        $starts | Should -Be ($starts | Sort-Object)
    }

    It 'warns where speakers are named anew in each part' {
        $path = New-Talk a.wav 'Who rotates the keys today? I do it, as always. And who tells the team? You do.'
        $transcript = ConvertFrom-ChatSpeech $path -ResponseFormat diarized_json -SplitMinute 0.01 -WarningVariable warning -WarningAction SilentlyContinue
        $transcript.Speakers | Should -Be 'A', 'B'
        "$warning" | Should -BeLike '*-KnownSpeaker*'
    }

    It 'says what it would take, and sends nothing' {
        $path = New-Talk a.wav 'Welcome.'
        $before = @(Get-TestRequest).Count
        $text = Invoke-Child { param($Module, $Uri, $Path) Import-Module $Module; Connect-ChatService $Uri -Model m -Quiet; Get-Item $Path | ConvertFrom-ChatSpeech -PriceTable @{ '*' = @{ Input = 0; Output = 0; Minute = 600 } } -WhatIf } -ArgumentList $ModulePath, "$((Get-ChatConnection Test).BaseUri)", $path
        "$text" | Should -BeLike '*min*about 1.20 in cost*a.wav*'
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'prices minutes' {
        Connect-TestSandbox -Connection @{ Model = 'my-whisper' }
        $path = New-Talk a.wav 'Welcome.'
        $transcript = ConvertFrom-ChatSpeech $path -PriceTable @{ '*' = @{ Input = 0; Output = 0; Minute = 60 } }
        $transcript.Charged.TotalSeconds | Should -Be 1
        $transcript.Cost | Should -Be 1
    }

    It 'goes on where a run was killed' {
        $parameters = @{ CheckpointPath = (Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"); ThrottleLimit = 1 }
        $paths = 1..4 | ForEach-Object { New-Talk "$_.wav" "Talk $_." }
        $before = @(Get-TestRequest).Count
        Invoke-Child {
            param($Module, $Uri, $Paths, $Checkpoint)
            Import-Module $Module
            Connect-ChatService $Uri -Model sandbox-mini -Quiet
            $Paths | ConvertFrom-ChatSpeech -CheckpointPath $Checkpoint -ThrottleLimit 1 | ForEach-Object { if ($_.Index -eq 1) { [Environment]::Exit(0) } }
        } -ArgumentList $ModulePath, "$((Get-ChatConnection Test).BaseUri)", $paths, $parameters.CheckpointPath | Out-Null
        $killed = @(Get-TestRequest).Count - $before
        $killed | Should -BeIn 2, 3
        ($paths | ConvertFrom-ChatSpeech @parameters).Text | Should -Be (1..4 | ForEach-Object { "Talk $_." })
        @(Get-TestRequest).Count - $before | Should -BeIn 4, 5
    }

    It 'keeps a stream in a checkpoint' {
        $path = New-Talk a.wav 'Welcome. Let us begin.'
        $checkpoint = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $null = ConvertFrom-ChatSpeech $path -Stream -CheckpointPath $checkpoint
        $before = @(Get-TestRequest).Count
        (ConvertFrom-ChatSpeech $path -CheckpointPath $checkpoint).Text | Should -BeExactly 'Welcome. Let us begin.'
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'keeps the order of the input, and runs as a job' {
        $paths = 1..9 | ForEach-Object { New-Talk "$_.wav" "Talk $_." }
        ($paths | ConvertFrom-ChatSpeech).Text | Should -Be (1..9 | ForEach-Object { "Talk $_." })
        ($paths | ConvertFrom-ChatSpeech -AsJob | Receive-EndedJob).Text | Should -Be (1..9 | ForEach-Object { "Talk $_." })
    }

    It 'shows one transcript as its text with a line of facts, and subtitles as they are' {
        $path = New-Talk talk.wav 'Welcome. Let us begin.'
        $shown = ConvertFrom-ChatSpeech $path | Out-String -Stream | Where-Object { $_ }
        $shown[0] | Should -BeExactly 'Welcome. Let us begin.'
        $shown[1] | Should -BeLike '*sandbox-mini*0:00:00*'
        $file = Join-Path $TestDrive 'talk.srt'
        ConvertFrom-ChatSpeech $path -ResponseFormat srt -Model sandbox-mini > $file
        (Get-Content $file | Where-Object { $_ } | Select-Object -First 2) -join '|' | Should -BeLike '1|00:00:00,000 --> *'
        Get-Content $file -Raw | Should -Not -BeLike '*Duration*'
    }

    It 'says before anything is sent that a service has no such endpoint' {
        $path = Join-Path $folder a.mp3
        New-TestFile $path mp3
        Connect-TestSandbox -Connection @{ Dialect = 'Anthropic' }
        "$(Get-Failure { ConvertFrom-ChatSpeech $path })" | Should -BeLike '*transcription*'
    }
}
