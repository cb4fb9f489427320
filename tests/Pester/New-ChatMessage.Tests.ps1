BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'New-ChatMessage' {
    It 'makes a message of the user' {
        $message = New-ChatMessage 'Hello'
        $message | Should -BeOfType ChatPS.ChatMessage
        $message.Role | Should -Be 'user'
        $message.Text | Should -BeExactly 'Hello'
        "$message" | Should -BeExactly 'Hello'
    }

    It 'takes role <_>' -ForEach 'system', 'developer', 'user', 'assistant', 'function' {
        (New-ChatMessage 'x' -Role $_).Role | Should -BeExactly $_
        (New-ChatMessage 'x' $_).Role | Should -BeExactly $_
    }

    It 'ties role tool to a call' {
        (New-ChatMessage 'x' -Role tool -ToolCallId call_1).ToolCallId | Should -BeExactly 'call_1'
        New-ChatMessage 'x' -Role tool -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
    }

    It 'takes text from the pipeline' {
        ('one', 'two' | New-ChatMessage -Role assistant).Text | Should -Be 'one', 'two'
    }

    It 'takes name and tool call id' {
        $message = New-ChatMessage '42' tool -ToolCallId call_1 -Name lookup
        $message.ToolCallId | Should -Be 'call_1'
        $message.Name | Should -Be 'lookup'
    }

    It 'takes images by path and address, with their type by content' {
        $file = New-TestFile (Join-Path $TestDrive 'picture.txt') png
        $message = New-ChatMessage 'What is this?' -Image $file.FullName, 'https://example.com/a.jpg' -ImageDetail low
        $message.Content.Type | Should -Be 'text', 'image_url', 'image_url'
        $message.Content[1].Url | Should -BeLike 'data:image/png;base64,*'
        $message.Content[1].Detail | Should -Be 'low'
        $message.Content[2].Url | Should -Be 'https://example.com/a.jpg'
    }

    It 'resolves paths from the current location and drive' {
        $null = New-TestFile (Join-Path $TestDrive 'here.png') png
        Push-Location TestDrive:
        try {
            (New-ChatMessage -Image here.png).Content[0].Type | Should -Be 'image_url'
            (New-ChatMessage -Image TestDrive:/here.png).Content[0].Type | Should -Be 'image_url'
        }
        finally {
            Pop-Location
        }
    }

    It 'takes audio as <Kind>' -ForEach @{ Kind = 'wav' }, @{ Kind = 'mp3' } {
        $file = New-TestFile (Join-Path $TestDrive "sound.$Kind") $Kind
        $part = (New-ChatMessage -Audio $file.FullName).Content[0]
        $part.Type | Should -Be 'input_audio'
        $part.Format | Should -Be $Kind
        [Convert]::FromBase64String($part.Data).Length | Should -Be $file.Length
    }

    It 'takes files, and ids of files' {
        $file = New-TestFile (Join-Path $TestDrive 'paper.pdf') pdf
        $message = New-ChatMessage 'Read' -File $file.FullName -FileId file-1
        $message.Content.Type | Should -Be 'text', 'file', 'file'
        $message.Content[1].FileName | Should -Be 'paper.pdf'
        $message.Content[1].Data | Should -BeLike 'data:application/pdf;base64,*'
        $message.Content[2].FileId | Should -Be 'file-1'
    }

    It 'is sent as it is' {
        Connect-TestSandbox
        $sound = New-TestFile (Join-Path $TestDrive 'sound.wav') wav
        $null = Invoke-ChatCompletion -Message (New-ChatMessage 'Hear' -Audio $sound.FullName -FileId file-1 -Name ann)
        $message = (Get-TestBody).messages[0]
        $message.name | Should -Be 'ann'
        $message.content.type | Should -Be 'text', 'input_audio', 'file'
        $message.content[1].input_audio.format | Should -Be 'wav'
        $message.content[2].file.file_id | Should -Be 'file-1'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an unknown role'; Script = { New-ChatMessage hi robot }; Like = '*robot*' }
        @{ What = 'an empty message'; Script = { New-ChatMessage '' }; Like = '*empty*' }
        @{ What = 'a missing file'; Script = { New-ChatMessage -File (Join-Path $TestDrive 'missing.pdf') }; Like = '*missing.pdf*' }
        @{ What = 'a missing image'; Script = { New-ChatMessage -Image (Join-Path $TestDrive 'missing.png') }; Like = '*missing.png*' }
        @{ What = 'a text file given as an image'; Script = { Set-Content (Join-Path $TestDrive 'fake.png') 'text'; New-ChatMessage -Image (Join-Path $TestDrive 'fake.png') }; Like = '*fake.png*' }
        @{ What = 'a picture given as audio'; Script = { New-ChatMessage -Audio (New-TestFile (Join-Path $TestDrive 'fake.wav') png).FullName }; Like = '*fake.wav*' }
        @{ What = 'a folder'; Script = { New-ChatMessage -File $TestDrive }; Like = '*no file*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].Exception.Message | Should -BeLike $Like
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
