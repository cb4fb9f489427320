BeforeAll {
    . $PSScriptRoot/common.ps1
    $dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
}

AfterAll {
    Clear-Test
}

Describe 'The media of answers' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'are listed, and nothing is fetched' {
        $answer = Invoke-ChatCompletion "See ![it](https://example.com/a.png) and $dot"
        $answer.Media | Should -HaveCount 2
        $answer.Media[0] | Should -BeOfType ChatPS.ChatImage
        $answer.Media[0].Url | Should -Be 'https://example.com/a.png'
        $answer.Media[1].Data.Length | Should -Be 42
        [object]::ReferenceEquals($answer.Media[1], $answer.Media[1]) | Should -BeTrue
        $answer.Message.Media | Should -HaveCount 2
        (Invoke-ChatCompletion 'nothing').Media | Should -HaveCount 0
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'survive a file of objects, and sessions' {
        $file = Join-Path $TestDrive answer.xml
        Invoke-ChatCompletion $dot | Export-Clixml $file
        (Import-Clixml $file | Save-ChatMedia $folder).Path | Should -Exist

        $session = New-ChatSession
        $null = Invoke-ChatCompletion "Keep $dot" -Session $session
        $session | Export-ChatSession (Join-Path $TestDrive session.json)
        $again = Import-ChatSession (Join-Path $TestDrive session.json)
        ($again.Messages | Select-Object -Last 1).Media | Should -HaveCount 1
    }

    It 'of the image tool of Responses are pictures' {
        $null = Connect-ChatService -Sandbox -Name Other -Dialect Responses -Model sandbox-mini
        $answer = Invoke-ChatCompletion 'use image_generation' -BuiltInTool image_generation -Connection Other
        $answer.Media | Should -HaveCount 1
        ($answer | Save-ChatMedia $folder).Path | Split-Path -Leaf | Should -Be '0001.png'
        Disconnect-ChatService Other
    }

    It 'of OpenRouter are found beside the text' {
        Connect-TestSandbox @{ Response = @{ Path = '*/chat/completions'; Response = @{ id = 'x'; model = 'm'; choices = @(@{ index = 0; finish_reason = 'stop'; message = @{ role = 'assistant'; content = ''; images = @(@{ type = 'image_url'; image_url = @{ url = $dot } }) } }) } } }
        $session = New-ChatSession
        $answer = Invoke-ChatCompletion draw -Session $session
        $answer.Media | Should -HaveCount 1
        $session | Export-ChatSession (Join-Path $TestDrive drawn.json)
        ((Import-ChatSession (Join-Path $TestDrive drawn.json)).Messages | Select-Object -Last 1).Media | Should -HaveCount 1
        $null = Invoke-ChatCompletion again -Session $session
        (Get-TestRequest)[-1].Body | Should -Not -BeLike '*R0lGOD*'
        ($answer | Save-ChatMedia $folder).MediaType | Should -Be 'image/gif'
    }
}

Describe 'Save-ChatMedia' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'numbers what one answer holds, and names nothing after it' {
        $saved = Invoke-ChatCompletion "$dot data:application/pdf;base64,JVBERi0xLjcK" | Save-ChatMedia $folder
        $saved.Path | Split-Path -Leaf | Should -Be '0001.gif', '0001-2.pdf'
        $saved.Kind | Should -Be 'image', 'file'
    }

    It 'warns of an answer without any, and goes on' {
        $saved = 'nothing', $dot | Invoke-ChatCompletion | Save-ChatMedia $folder -WarningVariable warnings -WarningAction SilentlyContinue
        $saved.Path | Split-Path -Leaf | Should -Be '0001.gif'
        $warnings | Should -HaveCount 1
        $warnings[0] | Should -BeLike 'The answer holds no picture, sound or file*You said: nothing'
        ('nothing', $dot | Save-ChatMedia -Path (Join-Path $folder one.gif) -WarningAction SilentlyContinue).Path | Should -Exist
    }

    It 'saves spoken texts' {
        $file = Join-Path $TestDrive speech.xml
        $speech = ConvertTo-ChatSpeech 'Hello.' -ResponseFormat wav
        $speech | Export-Clixml $file
        $raw = ConvertTo-ChatSpeech 'Hello.' -ResponseFormat pcm
        $saved = $speech, (Import-Clixml $file), $raw | Save-ChatMedia $folder
        $saved.Path | Split-Path -Leaf | Should -Be '0001.wav', '0002.wav', '0003.wav'
        $saved.Size[0] | Should -Be $speech.Length
        ($saved[0], $saved[1] | ForEach-Object { Get-Item $_.Path } | ConvertFrom-ChatSpeech).Text | Should -Be 'Hello.', 'Hello.'
        ($saved[0] | Save-ChatMedia $folder).Path | Split-Path -Leaf | Should -Be '0004.wav'
    }

    It 'does not call this machine for a service on the internet' {
        Connect-ChatService https://api.example.com/v1 -Name Remote -ApiKey sk-test-1 -Quiet
        $before = @(Get-TestRequest).Count
        $address = "$((Get-ChatConnection Test).BaseUri)/pictures/16x16/x.png"
        $failures = Get-Failure { "![x]($address)" | Save-ChatMedia $folder -Connection Remote }
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        @(Get-TestRequest).Count | Should -Be $before
        Disconnect-ChatService Remote
    }

    It 'gives the key to no other host' {
        $other = Start-ChatSandbox -Name Files
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Keyed -ApiKey sk-test-1 -AdditionalHeader @{ 'x-team' = 'blue' } -Quiet
        $saved = "![x]($($other.BaseUri)/pictures/16x16/x.png)" | Save-ChatMedia $folder -Connection Keyed
        $saved.Width | Should -Be 16
        $headers = (Get-ChatSandboxRequest -Name Files -Last 1).Headers
        $headers.Keys | Where-Object { $_ -in 'authorization', 'x-team' } | Should -BeNullOrEmpty
        Disconnect-ChatService Keyed
        Stop-ChatSandbox Files
    }
}
