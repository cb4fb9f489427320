BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatCompletion: images and files' {
    BeforeEach {
        Connect-TestSandbox
        $png = New-TestFile (Join-Path $TestDrive 'a.png') png
    }

    It 'takes an image as <What>' -ForEach @(
        @{ What = 'a path'; Value = { $png.FullName } }
        @{ What = 'a relative path'; Value = { Set-Location $TestDrive; './a.png' } }
        @{ What = 'a file'; Value = { $png } }
        @{ What = 'bytes'; Value = { , [IO.File]::ReadAllBytes($png.FullName) } }
        @{ What = 'bytes that PowerShell collected one by one'; Value = { , [object[]] [IO.File]::ReadAllBytes($png.FullName) } }
    ) {
        Push-Location
        try {
            $null = Invoke-ChatCompletion 'What is this?' -Image (& $Value) -ImageDetail low
        }
        finally {
            Pop-Location
        }

        $parts = (Get-TestBody).messages[0].content
        $parts.type | Should -Be 'text', 'image_url'
        $parts[1].image_url.url | Should -BeLike 'data:image/png;base64,iVBOR*'
        $parts[1].image_url.detail | Should -Be 'low'
    }

    It 'takes addresses, several at a time, with each item' {
        $null = 'one', 'two' | Invoke-ChatCompletion 'Compare' -Image https://example.com/a.png, $png.FullName
        foreach ($request in Get-TestRequest) {
            ($request.Body | ConvertFrom-Json).messages[0].content.type | Should -Be 'text', 'image_url', 'image_url'
        }
    }

    It 'takes bytes from the pipeline' {
        $null = , [IO.File]::ReadAllBytes($png.FullName) | Invoke-ChatCompletion 'Describe'
        (Get-TestBody).messages[0].content[1].image_url.url | Should -BeLike 'data:image/png;base64,*'
    }

    It 'looks at piped images as -ImageDetail says' {
        $null = $png | Invoke-ChatCompletion 'Describe' -ImageDetail high
        (Get-TestBody).messages[0].content[1].image_url.detail | Should -Be 'high'
    }

    It 'hears piped audio' {
        $null = New-TestFile (Join-Path $TestDrive 'a.wav') wav | Invoke-ChatCompletion 'Transcribe'
        $part = (Get-TestBody).messages[0].content[1]
        $part.type | Should -Be 'input_audio'
        $part.input_audio.format | Should -Be 'wav'
    }

    It 'attaches files by what they hold, and ids' {
        $pdf = New-TestFile (Join-Path $TestDrive 'a.pdf') pdf
        Set-Content (Join-Path $TestDrive 'a.txt') 'line one' -NoNewline
        $null = Invoke-ChatCompletion 'Summarise' -Attachment $pdf, (Join-Path $TestDrive 'a.txt') -FileId file-1
        $parts = (Get-TestBody).messages[0].content
        $parts.type | Should -Be 'text', 'file', 'text', 'file'
        $parts[1].file.filename | Should -Be 'a.pdf'
        $parts[2].text | Should -BeExactly "File a.txt:`nline one"
        $parts[3].file.file_id | Should -Be 'file-1'
    }

    It 'ends before anything is sent at <What>' -ForEach @(
        @{ What = 'a file that is not there'; More = @{ Image = 'none.png' }; Like = '*-Image*none.png*' }
        @{ What = 'a file that is no image'; More = @{ Image = $PSCommandPath }; Like = '*-Image*PNG*' }
        @{ What = 'a number'; More = @{ Image = 7 }; Like = '*-Image*Int32*' }
        @{ What = 'an attachment that is not there'; More = @{ Attachment = 'none.pdf' }; Like = '*-Attachment*none.pdf*' }
    ) {
        $failure = Get-Failure { Invoke-ChatCompletion 'hi' @More }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure.Exception.Message | Should -BeLike $Like
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'sends the mark of a cached prompt' {
        $null = Invoke-ChatCompletion -Message @{ role = 'user'; content = @{ type = 'text'; text = 'long'; prompt_cache_breakpoint = @{ mode = 'explicit' } } }
        Get-TestMember messages | Should -BeExactly '[{"role":"user","content":[{"type":"text","text":"long","prompt_cache_breakpoint":{"mode":"explicit"}}]}]'
    }
}

Describe 'Invoke-ChatCompletion: spoken answers' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
    }

    It 'saves a file and asks for what it needs' {
        $answer = Invoke-ChatCompletion 'hi' -AudioPath (Join-Path $folder 'a.mp3')
        Get-TestMember modalities | Should -BeExactly '["text","audio"]'
        Get-TestMember audio | Should -BeExactly '{"format":"mp3","voice":"alloy"}'
        $answer.Text | Should -BeExactly 'You said: hi'
        $answer.Audio | Should -BeOfType ChatPS.ChatAudio
        $answer.Audio.Format | Should -Be 'mp3'
        $answer.Audio.Path | Should -Be (Join-Path $folder 'a.mp3')
        [IO.File]::ReadAllBytes($answer.Audio.Path) | Should -Be $answer.Audio.Data
        ($answer | Out-String) | Should -Not -BeLike '*base64*'
    }

    It 'saves a streamed answer as WAV' {
        $answer = (Invoke-ChatCompletion 'hi' -AudioPath (Join-Path $folder 'a.wav') -Stream | Select-Object -Last 1).Completion
        Get-TestMember audio.format | Should -BeExactly '"pcm16"'
        $bytes = [IO.File]::ReadAllBytes($answer.Audio.Path)
        -join [char[]] $bytes[0..3] | Should -BeExactly 'RIFF'
        $bytes.Length | Should -Be (44 + $answer.Audio.Length)
    }

    It 'saves each item to a folder, in the order of the input' {
        $answers = 'one', 'two' | Invoke-ChatCompletion -AudioPath (Join-Path $folder 'new')
        $answers.Audio.Path | Split-Path -Leaf | Should -Be '0001.wav', '0002.wav'
        (Get-ChildItem (Join-Path $folder 'new')).Name | Should -Be '0001.wav', '0002.wav'
    }

    It 'asks nothing where nothing can be written: <What>' -ForEach @(
        @{ What = 'a folder that is a file'; Path = { Set-Content (Join-Path $folder 'taken') x; Join-Path $folder 'taken' } }
        @{ What = 'a folder below a file'; Path = { Set-Content (Join-Path $folder 'taken') x; Join-Path $folder 'taken/new' } }
        @{ What = 'a name that is too long'; Path = { Join-Path $folder "$('a' * 250).wav" } }
        @{ What = 'a folder of the system'; Path = { '/proc/a.wav' } }
    ) {
        if ($What -like '*system' -and -not (Test-Path /proc/self)) {
            Set-ItResult -Skipped -Because 'there is no such folder'
        }

        $failure = Get-Failure { Invoke-ChatCompletion 'hi' -AudioPath (& $Path) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '-AudioPath*'
        Get-TestRequest | Should -BeNullOrEmpty
        @(Get-ChildItem $folder -Filter *.tmp).Count | Should -Be 0
    }

    It 'refuses a second item for one file' {
        $answers = 'one', 'two' | Invoke-ChatCompletion -AudioPath (Join-Path $folder 'a.wav') -ErrorAction SilentlyContinue -ErrorVariable failure
        $answers.Text | Should -BeExactly 'You said: one'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'overwrites, unless -NoClobber says otherwise' {
        $file = Join-Path $folder 'a.wav'
        Set-Content $file 'old'
        (Get-Failure { Invoke-ChatCompletion 'hi' -AudioPath $file -NoClobber }).Exception.Message | Should -BeLike '*-NoClobber*'
        Get-TestRequest | Should -BeNullOrEmpty
        Get-Content $file | Should -Be 'old'
        $null = Invoke-ChatCompletion 'hi' -AudioPath $file
        (Get-Item $file).Length | Should -BeGreaterThan 100
        (Get-Failure { Invoke-ChatCompletion 'hi' -NoClobber }).Exception.Message | Should -BeLike '*-AudioPath*'
    }

    It 'emits the answer even where its sound is missing' {
        Connect-TestSandbox @{ Response = @{ Response = @{ choices = @(@{ message = @{ content = 'text only' }; finish_reason = 'stop' }) } } }
        $answer = Invoke-ChatCompletion 'hi' -AudioPath (Join-Path $folder 'a.wav') -ErrorAction SilentlyContinue -ErrorVariable failure
        $answer.Text | Should -BeExactly 'text only'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
    }

    It 'goes on with a spoken conversation by its id' {
        $first = Invoke-ChatCompletion 'hi' -AudioPath (Join-Path $folder 'a.wav')
        $null = $first | Invoke-ChatCompletion 'and?'
        (Get-TestBody).messages[1].audio.id | Should -BeExactly $first.Audio.Id
    }

    It 'saves what a checkpoint holds without asking again' {
        $more = @{ AudioPath = Join-Path $folder 'a.wav'; CheckpointPath = Join-Path $folder 'run.jsonl' }
        $null = Invoke-ChatCompletion 'hi' @more
        Remove-Item $more.AudioPath
        $null = Invoke-ChatCompletion 'hi' @more
        $more.AudioPath | Should -Exist
        @(Get-TestRequest).Count | Should -Be 1
    }
}

Describe 'Invoke-ChatCompletion: cited pages' {
    It 'tells the pages that an answer rests on' {
        Connect-TestSandbox
        $citation = (Invoke-ChatCompletion 'hi' -WebSearchOption @{}).Citations[0]
        $citation | Should -BeOfType ChatPS.ChatCitation
        $citation.Title | Should -BeExactly 'A page of the sandbox'
        "$citation" | Should -BeExactly 'https://example.com/sandbox'
        (Invoke-ChatCompletion 'hi').Citations | Should -HaveCount 0
        (Invoke-ChatCompletion 'hi' -WebSearchOption @{} -Stream | Select-Object -Last 1).Completion.Citations.Url | Should -Be 'https://example.com/sandbox'
    }
}
