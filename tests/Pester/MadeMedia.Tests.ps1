BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Part {
        (Get-TestBody).messages[-1].content | Select-Object -Skip 1
    }

    # What comes of an object in a file, a job or a remote session.
    function ConvertTo-Gone($Item) {
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Item, 3))
    }
}

AfterAll {
    Clear-Test
}

Describe 'What a service made, in a chat' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'is a picture, from <Where>' -ForEach @(
        @{ Where = 'Data'; Make = { New-ChatImage x }; Like = 'data:image/png;base64,*' }
        @{ Where = 'Path'; Make = { New-ChatImage x -OutDirectory $folder }; Like = 'data:image/png;base64,*' }
        @{ Where = 'Url'; Make = { New-ChatImage x -Model dall-e-3 }; Like = 'http*/pictures/*' }
    ) {
        $image = & $Make
        foreach ($item in $image, (ConvertTo-Gone $image)) {
            $null = $item | Invoke-ChatCompletion 'What is on it?' -ImageDetail low
            $part = Get-Part
            $part.type | Should -Be 'image_url'
            $part.image_url.url | Should -BeLike $Like
            $part.image_url.detail | Should -Be 'low'
            $null = Invoke-ChatCompletion 'What is on it?' -Image $item
            (Get-Part).image_url.url | Should -BeLike $Like
            $null = Invoke-ChatCompletion 'What is on it?' -Attachment $item
            (Get-Part).image_url.url | Should -BeLike $Like
        }
    }

    It 'is sound, from <Where>' -ForEach @(
        @{ Where = 'Data'; Make = { ConvertTo-ChatSpeech Hello. -ResponseFormat wav } }
        @{ Where = 'Path'; Make = { ConvertTo-ChatSpeech Hello. -ResponseFormat wav -OutDirectory $folder } }
        @{ Where = 'saved media'; Make = { ConvertTo-ChatSpeech Hello. -ResponseFormat wav | Save-ChatMedia $folder } }
    ) {
        $speech = & $Make
        foreach ($item in $speech, (ConvertTo-Gone $speech)) {
            $null = $item | Invoke-ChatCompletion 'What is said?'
            (Get-Part).type | Should -Be 'input_audio'
            (Get-Part).input_audio.format | Should -Be 'wav'
            $null = Invoke-ChatCompletion 'What is said?' -Attachment $item
            (Get-Part).type | Should -Be 'input_audio'
        }
    }

    It 'goes into one request with -Aggregate' {
        $null = (New-ChatImage a), (ConvertTo-ChatSpeech b -ResponseFormat wav), (New-ChatImage c) | Invoke-ChatCompletion 'What is all this?' -Aggregate
        (Get-Part).type | Should -Be 'image_url', 'input_audio', 'image_url'
    }

    It 'goes as a list to -Image' {
        $null = Invoke-ChatCompletion 'Compare' -Image (New-ChatImage a, b)
        @(Get-Part).Count | Should -Be 2
    }

    It 'is an error with nothing in it' {
        $before = @(Get-TestRequest).Count
        foreach ($nothing in [ChatPS.ChatImage]::new(), [ChatPS.ChatSpeech]::new(), [ChatPS.ChatMedia]::new()) {
            $failures = Get-Failure { $nothing | Invoke-ChatCompletion hi }
            $failures | Should -HaveCount 1
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
            $failures[0] | Should -BeLike '*neither bytes nor a file nor an address*'
        }

        @(Get-TestRequest).Count | Should -Be $before
    }
}
