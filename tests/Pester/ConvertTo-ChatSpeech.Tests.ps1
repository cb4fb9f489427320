BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'ConvertTo-ChatSpeech' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item $folder -ItemType Directory
    }

    It 'speaks a text into bytes' {
        $speech = ConvertTo-ChatSpeech 'Hello there.'
        $speech | Should -BeOfType ChatPS.ChatSpeech
        $speech.Format | Should -BeExactly 'mp3'
        $speech.Data.Length | Should -Be $speech.Length
        $speech.Path | Should -BeNullOrEmpty
        $speech.Voice | Should -BeExactly 'alloy'
        "$speech" | Should -BeExactly 'Hello there.'
        (Get-TestBody).psobject.Properties.Name | Should -Be 'model', 'input', 'voice'
    }

    It 'speaks into a file whose extension says the format' -ForEach 'mp3', 'wav', 'flac', 'aac', 'opus', 'pcm' {
        $path = Join-Path $folder "a.$_"
        $speech = ConvertTo-ChatSpeech 'Hello.' -Path $path
        $speech.Path | Should -BeExactly $path
        (Get-Item $path).Length | Should -Be $speech.Length
        $speech.Data.Length | Should -Be 0
        Get-TestMember response_format | Should -Be "`"$_`""
    }

    It 'gives each text a file in the order of the input' {
        $out = Join-Path $folder 'new/out'
        $speeches = 1..12 | ForEach-Object { "Text $_" } | ConvertTo-ChatSpeech -OutDirectory $out -ResponseFormat wav
        $speeches | ForEach-Object { Split-Path $_.Path -Leaf } | Should -Be (1..12 | ForEach-Object { '{0:0000}.wav' -f $_ })
        $speeches.Text | Should -Be (1..12 | ForEach-Object { "Text $_" })
        (Get-Item (Join-Path $out 0007.wav) | ConvertFrom-ChatSpeech).Text | Should -BeExactly 'Text 7'
    }

    It 'takes rows, files and answers' {
        Set-Content (Join-Path $folder note.txt) 'A note.' -Encoding utf8
        $items = [pscustomobject]@{ Say = 'A row.' }, @{ Say = 'A table.' }
        ($items | ConvertTo-ChatSpeech -Property Say).Text | Should -Be 'A row.', 'A table.'
        (Get-Item (Join-Path $folder note.txt) | ConvertTo-ChatSpeech).Text.Trim() | Should -BeExactly 'A note.'
        ('Hi' | Invoke-ChatCompletion | ConvertTo-ChatSpeech).Text | Should -BeExactly 'You said: Hi'
    }

    It 'sends every field' {
        ConvertTo-ChatSpeech 'Hi' -Model sandbox-large -Voice @{ id = 'voice_1' } -Instruction 'calm' -ResponseFormat WAV -Speed 1.5 -StreamFormat sse -AdditionalBody @{ emotion = 'happy' } | Should -Not -BeNullOrEmpty
        (Get-ChatSandboxRequest -Name Test -Last 1).Body | Should -BeExactly '{"model":"sandbox-large","input":"Hi","voice":{"id":"voice_1"},"instructions":"calm","response_format":"wav","speed":1.5,"stream_format":"sse","emotion":"happy"}'
    }

    It 'tells the tokens where they come in events' {
        (ConvertTo-ChatSpeech 'one two' -StreamFormat sse).Usage.TotalTokens | Should -Be 6
    }

    It 'cuts a long text at sentences and joins the sound' {
        $text = ('A sentence of five words. ' * 400).Trim()
        $speech = ConvertTo-ChatSpeech $text -Path (Join-Path $folder long.wav)
        $speech.Parts | Should -Be 3
        @(Get-TestRequest).Count | Should -Be 3
        ($speech | ConvertFrom-ChatSpeech).Text | Should -BeExactly $text
    }

    It 'refuses before anything is sent: <Why>' -ForEach @(
        @{ Why = 'a long text in a format that cannot be joined'; Parameters = @{ InputObject = 'a' * 5000; ResponseFormat = 'flac' }; Words = '*4096*' }
        @{ Why = 'an empty text'; Parameters = @{ InputObject = ' ' }; Words = '*empty*' }
        @{ Why = 'an object without text'; Parameters = @{ InputObject = [pscustomobject]@{ Id = 1 } }; Words = '*PSCustomObject*' }
        @{ Why = 'a speed that cannot be'; Parameters = @{ InputObject = 'a'; Speed = 9 }; Words = '*-Speed*' }
        @{ Why = 'a format that nobody has'; Parameters = @{ InputObject = 'a'; ResponseFormat = 'midi' }; Words = "*'midi'*" }
        @{ Why = 'a voice without id'; Parameters = @{ InputObject = 'a'; Voice = @{ name = 'x' } }; Words = '*-Voice*' }
        @{ Why = 'a folder as a file'; Parameters = @{ InputObject = 'a'; Path = 'TestDrive:/' }; Words = '*-Path*' }
        @{ Why = 'an extension of no format'; Parameters = @{ InputObject = 'a'; Path = 'TestDrive:/a.doc' }; Words = '*a.doc*' }
        @{ Why = 'a checkpoint without files'; Parameters = @{ InputObject = 'a'; CheckpointPath = 'TestDrive:/c.jsonl' }; Words = '*-CheckpointPath*' }
        @{ Why = 'the name of a file for a folder'; Parameters = @{ InputObject = 'a'; OutDirectory = 'TestDrive:/a.mp3' }; Words = '*-OutDirectory*name of a file*' }
        @{ Why = 'a file and a folder'; Parameters = @{ InputObject = 'a'; Path = 'TestDrive:/a.mp3'; OutDirectory = 'TestDrive:/o' }; Words = '*-OutDirectory*' }
    ) {
        $failure = Get-Failure { ConvertTo-ChatSpeech @Parameters }
        @($failure).Count | Should -Be 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        "$failure" | Should -BeLike $Words
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'keeps a file that is there, and replaces it with -Force' {
        $path = Join-Path $folder a.mp3
        Set-Content $path 'mine'
        'one' | ConvertTo-ChatSpeech -Path $path -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.RecommendedAction | Should -BeLike '*-Force*'
        @(Get-TestRequest).Count | Should -Be 0
        Get-Content $path | Should -BeExactly 'mine'
        (ConvertTo-ChatSpeech 'one' -Path $path -Force).Length | Should -Be (Get-Item $path).Length
    }

    It 'refuses a second text for one file before the first is paid' {
        $failures = Get-Failure { 'one', 'two' | ConvertTo-ChatSpeech -Path (Join-Path $folder a.mp3) }
        $failures | Should -HaveCount 1
        $failures[0] | Should -BeLike '*-Path*one file*'
        @(Get-Failure { ConvertTo-ChatSpeech 'one', 'two' -Path (Join-Path $folder a.mp3) }) | Should -HaveCount 1
        @(Get-TestRequest).Count | Should -Be 0
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'goes on after the files of earlier runs, and keeps those of a checkpoint' {
        $checkpoint = @{ OutDirectory = $folder; CheckpointPath = (Join-Path $TestDrive "$([guid]::NewGuid()).jsonl") }
        $first = 'b', 'c' | ConvertTo-ChatSpeech @checkpoint
        $all = 'a', 'b', 'c' | ConvertTo-ChatSpeech @checkpoint -Force
        $all.Path | Split-Path -Leaf | Should -Be '0003.mp3', '0001.mp3', '0002.mp3'
        $all[1..2].Path | Should -Be $first.Path
        ('d' | ConvertTo-ChatSpeech -OutDirectory $folder -ResponseFormat wav).Path | Split-Path -Leaf | Should -Be '0004.wav'
        ('e' | ConvertTo-ChatSpeech -OutDirectory $folder -Force).Path | Split-Path -Leaf | Should -Be '0001.mp3'
    }

    It 'makes an error of sound that is none, and goes on' {
        Connect-TestSandbox @{ Response = @{ Path = '*/speech'; Prompt = '*bad*'; Response = @{ error = @{ message = 'no such voice' } } } }
        $speeches = 'good', 'bad one', 'fine' | ConvertTo-ChatSpeech -OutDirectory $folder -ErrorVariable failure -ErrorAction SilentlyContinue
        $speeches.Index | Should -Be 0, 2
        $failure[0].Exception.Message | Should -BeLike '*no such voice*'
        $failure[0].TargetObject | Should -BeExactly 'bad one'
        (Get-ChildItem $folder).Name | Should -Be '0001.mp3', '0003.mp3'
    }

    It 'says what it would take, and sends nothing' {
        $prices = @{ '*' = @{ Input = 0; Output = 0; Character = 0.01 } }
        $text = Invoke-Child { param($Module, $Uri, $Folder) Import-Module $Module; Connect-ChatService $Uri -Model m -Quiet; 'hello' | ConvertTo-ChatSpeech -OutDirectory $Folder -PriceTable @{ '*' = @{ Input = 0; Output = 0; Character = 0.01 } } -WhatIf } -ArgumentList $ModulePath, "$((Get-ChatConnection Test).BaseUri)", $folder
        "$text" | Should -BeLike '*5 characters in 1 request*0.05*'
        'hello' | ConvertTo-ChatSpeech -PriceTable $prices -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'ends where the money does' {
        $failure = Get-Failure { 'hello', 'hello', 'hello' | ConvertTo-ChatSpeech -PriceTable @{ '*' = @{ Input = 0; Output = 0; Character = 0.01 } } -MaxCost 0.12 -ThrottleLimit 1 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'keeps where files are, and asks again for one that has gone' {
        $parameters = @{ OutDirectory = $folder; CheckpointPath = (Join-Path $TestDrive "$([guid]::NewGuid()).jsonl") }
        $first = 'one', 'two' | ConvertTo-ChatSpeech @parameters
        Remove-Item $first[1].Path
        $again = 'one', 'two', 'three' | ConvertTo-ChatSpeech @parameters
        $again.Path | Split-Path -Leaf | Should -Be '0001.mp3', '0002.mp3', '0003.mp3'
        $again[0].Input | Should -BeExactly 'one'
        @(Get-TestRequest).Count | Should -Be 4
        (Get-Item $parameters.CheckpointPath).Length | Should -BeLessThan 5000
    }

    It 'runs as a job' {
        $job = 'one', 'two' | ConvertTo-ChatSpeech -OutDirectory $folder -AsJob
        ($job | Receive-EndedJob).Text | Should -Be 'one', 'two'
    }

    It 'says before anything is sent that a service has no such endpoint' {
        Connect-TestSandbox -Connection @{ Dialect = 'Gemini' }
        $failure = Get-Failure { ConvertTo-ChatSpeech 'a' }
        "$failure" | Should -BeLike '*speech*'
        Get-Advice $failure | Should -BeLike '*-Connection*'
    }

    It 'completes formats and voices' {
        (TabExpansion2 'ConvertTo-ChatSpeech a -ResponseFormat w' -cursorColumn 40).CompletionMatches.CompletionText | Should -Be 'wav'
        (TabExpansion2 'ConvertTo-ChatSpeech a -Voice al' -cursorColumn 32).CompletionMatches.CompletionText | Should -Be 'alloy'
    }
}
